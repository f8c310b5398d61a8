"""Which key has to sign a checkpoint of which size: the signing-key statements of the log, read before anything is proven."""

from evidence_format import Bad, open_checkpoint, parse_entry, parse_verifier_key, split_bundle, tile_name

MOST_ENTRIES = 1 << 31
MISSING_BUNDLES = 16


class KeyChain:
    def __init__(self, folder, key_text):
        self.folder, self.pinned = folder, key_text
        self.tenant = parse_verifier_key(key_text)[0].removeprefix("akashi.log/")
        self.scanned = 0
        self.found = []

    def changes(self):
        """Pairs of entry number and new key; none when the pinned key has no part in them. And the first key."""
        chained, current = [], self.found[0][1] if self.found else self.pinned
        first = current
        for entry, old, new in self.found:
            if old == current:
                chained.append((entry, new))
                current = new
        if self.pinned != first and self.pinned not in [new for _, new in chained]:
            return [], self.pinned
        return chained, first

    def keys(self):
        chained, first = self.changes()
        return [first, *(new for _, new in chained)]

    def first_key(self):
        return self.changes()[1]

    def expected(self, size):
        return sum(1 for entry, _ in self.changes()[0] if size > entry + 1)

    def vouched(self, size):
        """Whether the pinned key, or one that it leads to, signs trees of that size."""
        return self.expected(size) >= self.keys().index(self.pinned)

    def open(self, note):
        """Size and root of a checkpoint that is signed by the key that has to sign a tree of its size."""
        self.scan(claimed_size(note))
        expected, keys = self.expected(claimed_size(note)), self.keys()
        try:
            return open_checkpoint(note, parse_verifier_key(keys[expected]))
        except Bad:
            for place, key in enumerate(keys):
                if place != expected and opens(note, key):
                    raise Bad("signed by a key that was retired" if place < expected
                              else "not signed by the key that it replaces") from None
            raise

    def scan(self, size):
        size, missing = min(size, MOST_ENTRIES), 0
        while self.scanned < size and missing < MISSING_BUNDLES:
            tile = self.scanned // 256
            wanted = min(256, size - tile * 256)
            bundle = self.bundle(tile, wanted)
            missing = 0 if bundle else missing + 1
            for at in range(self.scanned % 256, wanted):
                if bundle:
                    self.see(tile * 256 + at, bundle[at])
            self.scanned = tile * 256 + wanted
        self.scanned = max(self.scanned, size)

    def bundle(self, tile, width):
        seen = tile * 256 + width
        while True:
            wider = [int(name) for name in self.folder.names(tile_name("entries", tile) + ".p") if name.isdecimal()]
            for each in [width, 256, *sorted(name for name in wider if width < name < 256)]:
                try:
                    entries = split_bundle(self.folder.read(tile_name("entries", tile, each)) or b"")
                except Bad:
                    continue
                if len(entries) >= width:
                    return entries
            # What was listed may have gone meanwhile, and only if the log grew.
            size = claimed_size(self.folder.read("log/checkpoint") or b"")
            if size <= seen:
                return None
            seen = size

    def see(self, number, entry):
        if not entry.startswith(b"akashi statement v"):
            return
        try:
            statement = parse_entry(entry)
            change = key_change(statement)
        except Bad:
            return
        if statement["kind"] == "signing-key" and (statement["block"], statement["tenant"]) == (number, self.tenant):
            self.found.append((number, change["old"], change["new"]))


def key_change(statement):
    """The content of a data-key or signing-key statement."""
    content = statement["content"]
    if set(content) != {"new", "old", "reason", "who"} or not all(isinstance(each, str) for each in content.values()):
        raise Bad("change of a key")
    names = [content["old"], content["new"]]
    if "" in names or names[0] == names[1]:
        raise Bad("change of a key")
    if statement["kind"] == "signing-key" and not all(
            each.startswith(f"akashi.log/{statement['tenant']}+") for each in names):
        raise Bad("change of a key")
    return content


def opens(note, key):
    try:
        open_checkpoint(note, parse_verifier_key(key))
        return True
    except Bad:
        return False


def claimed_size(note):
    lines = note.split(b"\n", 2)
    if len(lines) < 3 or not lines[1].isdigit() or len(lines[1]) > 16:
        return 0
    return int(lines[1])

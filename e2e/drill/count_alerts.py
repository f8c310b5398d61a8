"""What rules of each kind must find in a log: worked out by counting, block by block, with everything kept for ever.

Reads {"rules": {name: figures}, "blocks": [{"number", "createdMs", "lines": [...]}]} and writes the alerts, one JSON object
each. A line has stream, word, user, receivedMs and event. It shares no code with the product; what it does is what the README
of packages/detection says.
"""

import json
import sys

DAY = 86_400_000
MOST_EVENTS = 20


class Book:
    """The alerts of one rule and key."""

    def __init__(self, rule, key, quiet_ms):
        self.rule, self.key, self.quiet, self.alerts = rule, key, quiet_ms, []

    def near(self, at):
        for alert in self.alerts:
            if alert["first"] - self.quiet <= at <= alert["last"] + self.quiet:
                return alert
        return None

    def tell(self, lines, span, count, block):
        alert = self.near(span[1])
        if alert is None:
            alert = {"rule": self.rule, "key": self.key, "first": span[0], "last": span[1], "count": 0, "events": [],
                     "entry": block["number"], "opened": block["createdMs"]}
            self.alerts.append(alert)
        alert["first"], alert["last"] = min(alert["first"], span[0]), max(alert["last"], span[1])
        alert["count"] += count
        for line in lines:
            if line["event"] not in alert["events"] and len(alert["events"]) < MOST_EVENTS:
                alert["events"].append(line["event"])


def every(rule, word, key_of, quiet):
    def run(blocks):
        books = {}
        for block in blocks:
            for line in block["lines"]:
                if line["word"] != word:
                    continue
                key = key_of(line)
                book = books.setdefault(tuple(key), Book(rule, key, quiet))
                book.tell([line], (line["receivedMs"],) * 2, 1, block)
        return books.values()
    return run


def place(line):
    return (line["receivedMs"], line["order"])


def threshold(rule, word, least, window, distinct):
    def run(blocks):
        books, waiting = {}, {}
        for block in blocks:
            for line in block["lines"]:
                if line["word"] != word:
                    continue
                book = books.setdefault(line["stream"], Book(rule, [line["stream"]], DAY))
                if book.near(line["receivedMs"]):
                    book.tell([line], (line["receivedMs"],) * 2, 1, block)
                    continue
                came = waiting.setdefault(line["stream"], [])
                came.append(line)
                came.sort(key=place)
                for start in came:
                    inside = [each for each in came if start["receivedMs"] <= each["receivedMs"] <= start["receivedMs"] + window
                              and place(each) >= place(start)]
                    if (len({each["user"] for each in inside}) if distinct else len(inside)) < least:
                        continue
                    last = inside[-1]["receivedMs"]
                    taken = inside + [each for each in came if each not in inside and each["receivedMs"] >= last]
                    book.tell(taken, (taken[0]["receivedMs"], taken[-1]["receivedMs"]), len(taken), block)
                    waiting[line["stream"]] = []
                    break
        return books.values()
    return run


def sequence(rule, first, second, within):
    def run(blocks):
        books, waiting = {}, {}
        for block in blocks:
            for line in block["lines"]:
                if line["word"] not in (first, second):
                    continue
                book = books.setdefault(line["stream"], Book(rule, [line["stream"]], DAY))
                came = waiting.setdefault(line["stream"], [])
                came.append(line)
                came.sort(key=place)
                pair = None
                for end in (each for each in came if each["word"] == second):
                    before = [each for each in came if each["word"] == first and place(each) < place(end)]
                    if before and end["receivedMs"] - before[-1]["receivedMs"] <= within:
                        pair = (before[-1], end)
                        break
                if pair:
                    for each in pair:
                        came.remove(each)
                    book.tell(list(pair), (pair[0]["receivedMs"], pair[1]["receivedMs"]), 1, block)
        return books.values()
    return run


def absence(rule, asked, answer, within):
    def run(blocks):
        books, known, settled = {}, [], set()
        for block in blocks:
            known += block["lines"]
            for line in sorted(known, key=place):
                due = line["receivedMs"] + within
                if line["word"] != asked or line["event"] in settled:
                    continue
                if any(other["word"] == answer and other["stream"] == line["stream"]
                       and line["receivedMs"] <= other["receivedMs"] <= due for other in known):
                    settled.add(line["event"])
                elif block["createdMs"] > due:
                    settled.add(line["event"])
                    book = books.setdefault(line["stream"], Book(rule, [line["stream"]], 0))
                    book.tell([line], (due, due), 1, block)
        return books.values()
    return run


def main():
    given = json.load(sys.stdin)
    figures, blocks = given["rules"], given["blocks"]
    order = 0
    for block in blocks:
        for line in block["lines"]:
            order += 1
            line["order"] = order
    stream = lambda line: [line["stream"]]
    # Every alert of `match` is one moment of a stream; the others hold a stream's events together.
    rules = [
        every("match", "alfa", stream, 0),
        every("outside", "alfa", stream, DAY),
        every("sigma", "alfa", stream, DAY),
        every("first-seen", "alfa", lambda line: [line["stream"], line["user"]], DAY),
        threshold("threshold", "bravo", figures["threshold"]["count"], figures["threshold"]["windowMs"], False),
        threshold("distinct", "golf", figures["distinct"]["count"], figures["distinct"]["windowMs"], True),
        sequence("sequence", "charlie", "delta", figures["sequence"]["withinMs"]),
        absence("absence", "echo", "foxtrot", figures["absence"]["withinMs"]),
    ]
    for rule in rules:
        for book in rule(blocks):
            for alert in book.alerts:
                print(json.dumps(alert))


main()

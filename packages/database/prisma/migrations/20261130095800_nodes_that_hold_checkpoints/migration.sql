-- Verification holds a checkpoint in the database and in a file of the node that proved it. Which nodes have such a file: on
-- those a missing one is an alteration, on another it is none.
ALTER TABLE "held_checkpoint" ADD COLUMN "nodes" TEXT[] DEFAULT ARRAY[]::TEXT[];

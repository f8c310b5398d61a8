-- What an open review asks about a group follows the group to its new owner.
GRANT UPDATE ("owner_id") ON "access_review_item" TO akashi_app;
-- Who is asked by an open review is looked up with every session.
CREATE INDEX "access_review_item_tenant_id_owner_id_idx" ON "access_review_item"("tenant_id", "owner_id");

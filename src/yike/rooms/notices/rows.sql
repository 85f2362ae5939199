-- The words of notices hold nothing of a person; directors and the house write them (actions.edit_template).
alter table notices_template enable row level security;
drop policy if exists template_seen on notices_template;
create policy template_seen on notices_template for select using (true);
drop policy if exists template_written on notices_template;
create policy template_written on notices_template for insert
  with check (yike_kind() = 'system' or (yike_kind() = 'staff' and yike_has('director')));
-- A notice is seen by its person, by the staff of its institution, or by its citizen, who shows reference
-- and phone together. E-mails (with sealed addresses) are seen by the house only. Anybody's deed may tell.
create or replace function yike_notice_mine(channel text, account text, org text, ref text, key text)
returns boolean language sql stable as
  $$ select channel = 'in_app' and (
       (yike_kind() = 'staff' and ((account <> '' and account = yike_ref()) or (org <> '' and org = yike_org())))
       or (yike_kind() = 'citizen' and key <> '' and ref = yike_claim_ref() and key = yike_claim_key())) $$;
alter table notices_notice enable row level security;
drop policy if exists notice_made on notices_notice;
create policy notice_made on notices_notice for insert with check (true);
drop policy if exists notice_seen on notices_notice;
create policy notice_seen on notices_notice for select
  using (yike_kind() = 'system' or yike_notice_mine(channel, to_account, to_org, claim_ref, claim_key));
drop policy if exists notice_settled on notices_notice;
create policy notice_settled on notices_notice for update
  using (yike_kind() = 'system' or yike_notice_mine(channel, to_account, to_org, claim_ref, claim_key));
alter table notices_receipt enable row level security;
drop policy if exists receipt_of_notice on notices_receipt;
create policy receipt_of_notice on notices_receipt
  using (yike_kind() = 'system' or exists (select from notices_notice n where n.id = notice_id));

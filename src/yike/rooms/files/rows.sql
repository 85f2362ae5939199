-- A loose file is seen by the one who kept it: a member of staff or a peer by account; a visitor by the
-- draft key that only this browser holds; a citizen by reference and phone together. Rooms add a policy
-- for files attached to what is theirs.
-- What is attached is part of something: only its level still moves, and nobody takes it away.
create or replace function files_file_keeps() returns trigger language plpgsql as $$
begin
  if yike_kind() in ('', 'system') or old.about = '' then
    return coalesce(new, old);
  end if;
  if tg_op = 'DELETE' or to_jsonb(new) - 'level' is distinct from to_jsonb(old) - 'level' then
    raise exception 'file %: it is part of something', old.id using errcode = 'insufficient_privilege';
  end if;
  return new;
end $$;
drop trigger if exists file_keeps on files_file;
create trigger file_keeps before update or delete on files_file
  for each row execute function files_file_keeps();
alter table files_file enable row level security;
drop policy if exists file_own on files_file;
create policy file_own on files_file
  using (yike_kind() = 'system'
         or (owner_kind = yike_kind()
             and case owner_kind
                 when 'citizen' then owner_key <> '' and owner_ref = yike_claim_ref() and owner_key = yike_claim_key()
                 when 'visitor' then owner_key <> '' and owner_key = yike_claim_key()
                 else owner_ref <> '' and owner_ref = yike_ref() end))
  with check (yike_kind() = 'system' or owner_kind = yike_kind());

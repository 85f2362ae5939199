-- What a demand cost the citizen: seen with the demand, written by whoever answers or hands an answer in.
alter table matters_effort enable row level security;
drop policy if exists of_matter on matters_effort;
create policy of_matter on matters_effort for select using (
  exists (select 1 from matters_matter m where m.id = matter_id));
drop policy if exists added on matters_effort;
create policy added on matters_effort for insert with check (matters_stands(matter_id, '{office}'));
drop policy if exists changed on matters_effort;
create policy changed on matters_effort for update using (matters_stands(matter_id, '{office}'));

-- Whether a notice arrived is seen by the institution that answers for it, up to the level of who looks;
-- practitioners see what is their own matter's only through the matter's office. Addresses stay sealed.
drop policy if exists notice_proved on notices_notice;
create policy notice_proved on notices_notice for select
  using (channel <> 'in_app' and answers_to <> '' and yike_kind() = 'staff'
         and answers_to = yike_org() and level <= yike_level());

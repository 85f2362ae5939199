-- More of what counting and exchange may know of matters, after the columns of facts.sql.
create or replace view facts_matter with (security_invoker = true) as
select id, reference, order_no, state, door, channel, line, demand_type, category, item_code, urgency, level,
       region_code, town_code, holder_org, first_org, opened_at, signed_at, answered_at, closed_at,
       result, minutes, person_categories, promise_code, due_at, broken, sign_broken, unrouted, returns,
       reopened, (peer_id <> '') as from_peer, demo,
       (parent_id is not null) as part, (merged_into_id is not null) as merged, redos, hurries, held_days
from matters_matter;
comment on column facts_matter.part is '子工单：不是单独的诉求';
comment on column facts_matter.merged is '已并入另一件';
comment on column facts_matter.redos is '退回重办次数';
comment on column facts_matter.hurries is '催办次数';
comment on column facts_matter.held_days is '挂起天数';

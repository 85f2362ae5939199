-- One hand's share of the trail: {share} entries a matter, told in the order of its life.
insert into trail_entry (id, at, xid, kind, about, subject, region_code, actor_kind, actor_ref,
                         actor_label, actor_org, door, request_id, body)
select 1000000 + (m.n - 1)::bigint * {share} + k, m.opened_at + interval '4 hours' * (k - 1), 1,
       (array['matters.MatterOpened', 'matters.MatterSigned', 'matters.NoteAdded', 'notices.MailSent',
              'matters.MessageSent', 'matters.MatterAnswered', 'matters.MatterSettled'])[1 + (k - 1) %% 7],
       case when (k - 1) %% 7 = 3 then 'notice' else 'matter' end, m.id::text, m.village_code,
       case when k = 1 then 'citizen' else 'staff' end, coalesce(m.account::text, ''), '林石生', m.org::text,
       'desk', md5(m.n::text || k), json_build_object(
         'category', m.kind_code, 'channel', '04', 'demand_type', '1', 'demo', false, 'door', 'desk',
         'due_at', m.opened_at + interval '7 days', 'holder_name', '石浦司法所', 'holder_org', m.org,
         'matter_id', m.id, 'order_no', '330225-1', 'org_name', '石浦司法所', 'label', '林石生', 'no', 1,
         'level', 1, 'level_name', '内部', 'side', 'office', 'side_name', '承办单位', 'result', '01',
         'result_name', '已解答', 'reference', m.n::text, 'region_code', m.village_code, 'seq', 1,
         'urgency', 0, 'files', 0, 'points', 0, 'seen', 1, 'days', 30, 'version', k)::text
from bench_matter m cross join generate_series(1, {share}) k
where m.n > %s and m.n <= %s

-- A year of a county's demands, made up in bulk by the tables' superuser: {matters} matters, {entries} entries.
-- Believable where it matters for speed: towns and kinds unequal, two in a hundred still open, an office
-- for each, clocks, custody, participants and parties for all. Identities are empty envelopes.
set session_replication_role = replica;
set synchronous_commit = off;
set maintenance_work_mem = '512MB';
set work_mem = '256MB';
select setseed(0.42);

-- sorts by time, as new_id() does
create or replace function uuid_at(at timestamptz, seed uuid) returns uuid language sql immutable as $$
  select (lpad(to_hex((extract(epoch from at) * 1000)::bigint), 12, '0') || '7'
          || substr(replace(seed::text, '-', ''), 14))::uuid $$;

create unlogged table bench_office as
  select row_number() over (order by i.region_id) as n, i.id, i.region_id as town,
         (select g.account_id from people_grant g where g.org = i.id limit 1) as account
  from providers_institution i where i.kind = 'office';
create unlogged table bench_village as
  select o.n as office, row_number() over (partition by o.n order by r.code) as n, r.code
  from bench_office o join regions_region r
    on r.level = 'village' and r.code >= o.town and r.code < left(o.town, 9) || ':';
create unlogged table bench_other as
  select row_number() over (order by i.pool desc, i.code) as n, i.id, i.name,
         (select g.account_id from people_grant g where g.org = i.id limit 1) as account
  from providers_institution i where i.handles_orders and i.kind <> 'office';
create unlogged table bench_kind as
  select row_number() over (order by ordinal) as n, code from catalogue_legalmatter;

create unlogged table bench_clause as
  select row_number() over () - 1 as n, words from unnest(array[
    '去年在镇上工地做木工，', '包工头说好按天算钱，', '干了两个月只给了生活费，', '邻居在我家门口砌了墙，', '我们和村里签过承包合同，',
    '合同上写的是每亩八百元，', '想问怎样申请法律援助，', '孩子在学校摔伤了，', '保险公司只赔一部分，', '房东不退两千元押金，',
    '离婚以后孩子跟谁生活，', '老人去世没有留下遗嘱，', '几个兄弟对房子有争议，', '网上买的东西是假的，', '商家不肯退一赔三，',
    '骑车被小轿车撞了，', '对方全责但是不肯垫付医药费，', '借出去五万元有欠条，', '借款人已经搬到外地，', '想请人调解，',
    '需要准备哪些材料，', '多久能有结果，', '请给我一个明确的答复，']) words;

-- the draw: one row a matter, in the order of time
create unlogged table bench_draw as
select n, gen_random_uuid() as seed, now() - interval '365 days' * (1 - n::float8 / {matters}) as opened_at,
       1 + floor((select count(*) from bench_office) * power(random(), 1.6))::int as office,
       random() as village, 1 + floor((select count(*) from bench_kind) * power(random(), 2))::int as kind,
       random() as fate, random() as how, random() as who, random() as mark,
       1 + floor(({matters} / 2 + 1) * power(random(), 1.3))::int as person
from generate_series(1, {matters}) n;

create unlogged table bench_fact as
select d.*, uuid_at(d.opened_at, d.seed) as id, o.town, v.code as village_code, k.code as kind_code,
       case when d.how < 0.30 and d.fate > 0.02 then 'spot' when d.how < 0.90 then 'town' else 'county' end as path,
       case when d.how < 0.90 or d.fate < 0 then o.id else x.id end as org,
       -- twelve people an office, one of them can sign in
       case when d.n % 12 = 0 then case when d.how < 0.90 then o.account else x.account end
            else md5(d.n % 12 || case when d.how < 0.90 then o.id else x.id end::text)::uuid end as account,
       greatest(extract(epoch from now() - d.opened_at) / 86400, 0) as age
from bench_draw d
join bench_office o on o.n = d.office
join bench_village v on v.office = d.office
  and v.n = 1 + floor(d.village * (select count(*) from bench_village w where w.office = d.office))::int
join bench_kind k on k.n = d.kind
join bench_other x on x.n = 1 + floor((select count(*) from bench_other) * power(d.who, 2))::int;

create unlogged table bench_matter as
select f.*,
       case when path = 'spot' then '60'
            when fate < exp(-age / 6) + 0.002 then
              case when age < 1.5 and who < 0.6 then '21' when who < 0.03 then '20'
                   when who < 0.80 then '30' when who < 0.86 then '33' else '50' end
            when mark < 0.035 then '70' when mark < 0.05 then '11' else '60' end as state,
       uuid_at(opened_at, md5('finish' || n)::uuid) as finish, uuid_at(opened_at, md5('sign' || n)::uuid) as sign,
       uuid_at(opened_at, md5('party' || n)::uuid) as party,
       encode(sha256(('phone' || person)::bytea), 'hex') as phone_index
from bench_fact f;

insert into people_party (id, kind, sealed, key_version, phone_index, id_index, id_type, name_mask, phone_mask,
                          id_mask, email_mask, behalf_mask, contact_noted, birth_year, categories, agreed, created_at)
select party, 'person', decode(repeat(md5(n::text), 8), 'hex'), 1, phone_index, '', '', '陈**', '138****0000', '', '', '', false,
       1940 + n % 65, '{{}}', '', opened_at from bench_matter;

insert into matters_matter
  (id, reference, order_no, key, told_digest, state, turn, version, door, channel, line, demand_type, category,
   item_code, title, text, urgency, level, region_code, town_code, holder_org, holder_account, first_org,
   first_account, peer_id, peer_ref, why_routed, unrouted, returns, reopened, party_id, party_mask, phone_index,
   id_index, relation, contact_way, safe_from, safe_until, needs, person_categories,
   answers, opened_at, signed_at, answered_at, closed_at, result, answerer, minutes, finish_clock, sign_clock,
   promise_code, promise_name, due_at, near_at, warn_at, broken, sign_broken, follows_id, demo,
   redos, flow_version, held_days, hurries, members, others)
select id, to_char(opened_at, 'YYMMDD') || '-' || lpad(upper(to_hex(n)), 8, '0'),
       case when path <> 'spot' then '330225-' || to_char(opened_at, 'YYMMDD') || '-' || lpad(n::text, 7, '0') end,
       encode(sha256(('key' || n)::bytea), 'hex'), md5(n::text), state,
       case when state in ('20', '21', '30') then 'office' when state in ('33', '50') then 'citizen' else 'nobody' end,
       4, (array['portal', 'desk', 'wire'])[1 + (n % 3)], (array['01', '02', '04'])[1 + (n % 3)], '',
       (array['1', '1', '1', '2', '3', '4', '5'])[1 + (n % 7)], kind_code, '',
       '工资拖欠三个月怎么要回来',
       -- one in ninety-seven is told in the words of others; the rest in clauses of their own choice
       case when n % 97 = 0 then '老板拖欠我三个月工资，一共一万八千元，打电话也不接，请问该怎么要回来？'
            else (select string_agg(c.words, '' order by c.n) from bench_clause c
                  where c.n in (n % 23, n / 23 % 23, n / 529 % 23, n * 7 % 23, n * 11 / 13 % 23)) || '第' || n || '件。' end,
       case when mark < 0.02 then 2 when mark < 0.1 then 1 else 0 end,
       case when mark < 0.03 then 3 when mark < 0.08 then 2 else 1 end, village_code, town, org,
       case when state in ('30', '33', '50', '60') then account end, case when n % 3 = 1 then org end,
       case when n % 3 = 1 then account end, '', '', '按乡镇（街道）辖区派单规则承办', state = '20', 0, false, party, '陈**',
       phone_index, '', '', '', '', '', '{{}}', '{{}}', '[]', opened_at,
       case when state not in ('20', '21') then opened_at + interval '3 hours' end,
       case when state in ('50', '60') then opened_at + interval '1 day' * (1 + 5 * mark) end,
       case when state in ('60', '70', '11') then least(now(), opened_at + interval '1 day' * (1 + 6 * mark)) end,
       case when state = '60' then 'answered' else '' end, case when state in ('50', '60') then account end,
       case when path = 'spot' then 5 + n % 30 end, case when path <> 'spot' then finish end,
       case when path <> 'spot' and state in ('20', '21') then sign end,
       case when path <> 'spot' then 'consult.finish' else '' end,
       case when path <> 'spot' then '咨询答复' else '' end,
       case when path <> 'spot' and state <> '33' then opened_at + interval '7 days' end,
       case when path <> 'spot' and state <> '33' then opened_at + interval '3 days' end,
       case when path <> 'spot' and state <> '33' then opened_at + interval '5 days' end,
       age > 7 and state in ('20', '21', '30'), age > 2 and state = '21', null, false,
       0, 0, 0, 0, 0, false
from bench_matter order by n;

insert into matters_point (id, matter_id, no, words, answer, answered_at, answered_by)
select gen_random_uuid(), id, no, '怎样要回三个月的工资', case when state in ('50', '60') then '可申请劳动仲裁。' else '' end,
       case when state in ('50', '60') then opened_at + interval '1 day' end, null
from bench_matter cross join generate_series(1, 2) no where n % 3 = 0;

insert into matters_supervision (id, matter_id, no, at, label, words, due_on, report, reported_at, reported_label)
select gen_random_uuid(), id, 1, opened_at + interval '8 days', '张县', '尽快答复当事人', opened_at::date + 10, '',
       case when state in ('60', '70', '11') then opened_at + interval '9 days' end, ''
from bench_matter where n % 200 = 0;

insert into matters_return (id, matter_id, no, from_org, at, reason, reviewer_org, decision, words)
select gen_random_uuid(), id, 1, org, opened_at + interval '3 hours', '不属于本单位职责', org, 'refused', ''
from bench_matter where n % 40 = 0;

insert into matters_step (id, matter_id, seq, org, account, how, reason, by_account, sent_at, sign_due_at, signed_at,
                          ended_at)
select gen_random_uuid(), id, 1, case when n % 7 = 0 then (select b.id from bench_other b where b.n = 1) else org end, null::uuid,
       case when path = 'spot' then 'spot' else 'opened' end, '', null::uuid, opened_at, opened_at + interval '1 day',
       opened_at + interval '2 hours',
       case when n % 7 = 0 then opened_at + interval '2 hours'
            when state in ('60', '70', '11') then opened_at + interval '1 day' end
from bench_matter
union all
select gen_random_uuid(), id, 2, org, null::uuid, 'dispatched', '属地办理', null::uuid, opened_at + interval '2 hours', null::timestamptz, null::timestamptz,
       case when state in ('60', '70', '11') then opened_at + interval '1 day' end
from bench_matter where n % 7 = 0;

insert into matters_participant (id, matter_id, org, account, part, since)
select gen_random_uuid(), id, org, null::uuid, 'holder', opened_at from bench_matter
union all
select gen_random_uuid(), id, (select b.id from bench_other b where b.n = 1), null, 'holder', opened_at
from bench_matter where n % 7 = 0
union all
select gen_random_uuid(), id, org, account, 'holder', opened_at from bench_matter
where account is not null and state in ('30', '33', '50', '60')
on conflict do nothing;

insert into matters_reply (id, matter_id, at, org, account, label, result, words)
select gen_random_uuid(), id, opened_at + interval '1 day', org, account, '林石生', 'answered', '已电话答复：可向劳动监察大队投诉，也可申请劳动仲裁。'
from bench_matter where state in ('50', '60');

insert into clocks_clock (id, subject_kind, subject_id, region_code, promise_id, calendar_version_id, started_at,
                          due_at, near_at, warn_at, beyond_known, extended_by, restarts, purpose, paused_at, stopped_at,
                          warned_at, broken_at)
select case purpose when 'sign' then m.sign when 'finish' then m.finish else gen_random_uuid() end,
       'matter', m.id, m.village_code, p.id, c.current_id, m.opened_at,
       m.opened_at + case when purpose = 'finish' then interval '7 days' else interval '1 day' end,
       null, null, false, 0, 0, purpose, null,
       case when m.state in ('60', '70', '11') or (purpose <> 'finish' and m.state not in ('20', '21'))
            then m.opened_at + interval '1 day' end, null, null
from bench_matter m
join (values ('consult.finish', 'finish'), ('sign.1wd', 'sign'), ('first.reply', 'first')) w (code, purpose) on true
join clocks_promise p on p.code = w.code and p.active_until is null
join clocks_calendar c on c.code = p.calendar_id
where m.path <> 'spot';

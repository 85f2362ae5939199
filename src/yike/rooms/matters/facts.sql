-- What counting and exchange may know of matters: no names, no numbers, no words of anybody.
drop view if exists facts_matter;
create view facts_matter with (security_invoker = true) as
select id, reference, order_no, state, door, channel, line, demand_type, category, item_code, urgency, level,
       region_code, town_code, holder_org, first_org, opened_at, signed_at, answered_at, closed_at,
       result, minutes, person_categories, promise_code, due_at, broken, sign_broken, unrouted, returns,
       reopened, (peer_id <> '') as from_peer, demo
from matters_matter;
comment on view facts_matter is '诉求事实（不含个人信息）';
comment on column facts_matter.id is '诉求标识';
comment on column facts_matter.reference is '公开编号';
comment on column facts_matter.order_no is '工单号；即时办结为空';
comment on column facts_matter.state is '状态代码';
comment on column facts_matter.door is '入口';
comment on column facts_matter.channel is '渠道代码';
comment on column facts_matter.line is '拨打号码 12348 或 12345';
comment on column facts_matter.demand_type is '诉求类型代码';
comment on column facts_matter.category is '事项类型代码（47类）';
comment on column facts_matter.item_code is '服务事项代码';
comment on column facts_matter.urgency is '紧急程度 0 普通 1 较急 2 紧急';
comment on column facts_matter.level is '密级';
comment on column facts_matter.region_code is '村（社区）代码';
comment on column facts_matter.town_code is '乡镇（街道）代码';
comment on column facts_matter.holder_org is '承办单位，办结后为最后承办单位';
comment on column facts_matter.first_org is '首问单位';
comment on column facts_matter.opened_at is '受理时间';
comment on column facts_matter.signed_at is '首次签收时间';
comment on column facts_matter.answered_at is '答复时间';
comment on column facts_matter.closed_at is '办结时间';
comment on column facts_matter.result is '办理结果';
comment on column facts_matter.minutes is '当场答复用时（分钟）';
comment on column facts_matter.person_categories is '人员类别';
comment on column facts_matter.promise_code is '承诺代码';
comment on column facts_matter.due_at is '承诺时间；等待补正时为空';
comment on column facts_matter.broken is '办结承诺超期';
comment on column facts_matter.sign_broken is '签收超期';
comment on column facts_matter.unrouted is '由县级兜底派单';
comment on column facts_matter.returns is '退回次数';
comment on column facts_matter.reopened is '重新办理过';
comment on column facts_matter.from_peer is '其他平台推送';
comment on column facts_matter.demo is '演示数据';

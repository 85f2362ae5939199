import django.contrib.postgres.fields
import django.db.models.deletion
from django.db import migrations, models

import yike.rooms.core.refs


class Migration(migrations.Migration):
    initial = True

    dependencies = [
        ("people", "0002_rows"),
    ]

    operations = [
        migrations.CreateModel(
            name="Draft",
            fields=[
                (
                    "key",
                    models.CharField(
                        max_length=64, primary_key=True, serialize=False, verbose_name="键"
                    ),
                ),
                ("body", models.BinaryField(verbose_name="内容（密封）")),
                ("saved_at", models.DateTimeField(verbose_name="保存时间")),
                ("expires_at", models.DateTimeField(db_index=True, verbose_name="失效时间")),
            ],
            options={
                "verbose_name": "草稿",
                "verbose_name_plural": "草稿",
            },
        ),
        migrations.CreateModel(
            name="Matter",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("reference", models.CharField(max_length=15, unique=True, verbose_name="编号")),
                (
                    "order_no",
                    models.CharField(
                        blank=True, max_length=24, null=True, unique=True, verbose_name="工单号"
                    ),
                ),
                ("key", models.CharField(max_length=64, unique=True, verbose_name="幂等键")),
                ("told_digest", models.CharField(max_length=64, verbose_name="内容摘要")),
                (
                    "state",
                    models.CharField(
                        choices=[
                            ("20", "待派单"),
                            ("21", "待签收"),
                            ("30", "办理中"),
                            ("33", "待补正"),
                            ("50", "已答复"),
                            ("60", "已办结"),
                            ("70", "已撤销"),
                            ("11", "不予受理"),
                        ],
                        max_length=2,
                        verbose_name="状态",
                    ),
                ),
                (
                    "turn",
                    models.CharField(
                        choices=[
                            ("office", "等待承办单位"),
                            ("citizen", "等待当事人"),
                            ("nobody", "已结束"),
                        ],
                        max_length=8,
                        verbose_name="等待方",
                    ),
                ),
                ("version", models.IntegerField(default=1, verbose_name="版本")),
                ("door", models.CharField(max_length=10, verbose_name="入口")),
                (
                    "channel",
                    models.CharField(
                        choices=[
                            ("01", "实体窗口"),
                            ("02", "12348热线"),
                            ("03", "12345转办"),
                            ("04", "网站留言"),
                            ("05", "在线即时"),
                            ("06", "视频语音"),
                            ("07", "智能问答"),
                            ("08", "自助终端"),
                            ("09", "来信"),
                            ("10", "村社法律服务群"),
                            ("11", "上门/巡回"),
                            ("12", "上级交办"),
                            ("13", "系统自动推送"),
                        ],
                        max_length=2,
                        verbose_name="渠道",
                    ),
                ),
                ("line", models.CharField(blank=True, max_length=5, verbose_name="拨打号码")),
                (
                    "demand_type",
                    models.CharField(
                        choices=[
                            ("1", "咨询"),
                            ("2", "求助"),
                            ("3", "投诉"),
                            ("4", "举报"),
                            ("5", "建议"),
                            ("6", "表扬"),
                            ("9", "其他"),
                        ],
                        max_length=1,
                        verbose_name="诉求类型",
                    ),
                ),
                ("category", models.CharField(blank=True, max_length=8, verbose_name="事项类型")),
                ("item_code", models.CharField(blank=True, max_length=40, verbose_name="服务事项")),
                ("title", models.CharField(max_length=60, verbose_name="标题")),
                ("text", models.TextField(verbose_name="诉求内容")),
                (
                    "urgency",
                    models.SmallIntegerField(
                        choices=[(0, "普通"), (1, "较急"), (2, "紧急")], verbose_name="紧急程度"
                    ),
                ),
                (
                    "level",
                    models.SmallIntegerField(
                        choices=[(0, "公开"), (1, "内部"), (2, "敏感"), (3, "私密")],
                        verbose_name="密级",
                    ),
                ),
                (
                    "region_code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="区划"),
                ),
                (
                    "town_code",
                    models.CharField(db_collation="C", max_length=12, verbose_name="乡镇"),
                ),
                ("holder_org", models.UUIDField(blank=True, null=True, verbose_name="承办单位")),
                ("holder_account", models.UUIDField(blank=True, null=True, verbose_name="承办人")),
                ("first_org", models.UUIDField(blank=True, null=True, verbose_name="首问单位")),
                ("first_account", models.UUIDField(blank=True, null=True, verbose_name="首问人员")),
                ("peer_id", models.CharField(blank=True, max_length=64, verbose_name="对接平台")),
                ("peer_ref", models.CharField(blank=True, max_length=64, verbose_name="对方编号")),
                (
                    "why_routed",
                    models.CharField(blank=True, max_length=200, verbose_name="派单理由"),
                ),
                ("unrouted", models.BooleanField(default=False, verbose_name="兜底派单")),
                ("returns", models.SmallIntegerField(default=0, verbose_name="退回次数")),
                ("reopened", models.BooleanField(default=False, verbose_name="重新办理")),
                (
                    "party_mask",
                    models.CharField(blank=True, max_length=60, verbose_name="当事人称呼"),
                ),
                (
                    "phone_index",
                    models.CharField(
                        blank=True, db_index=True, max_length=64, verbose_name="电话盲索引"
                    ),
                ),
                (
                    "id_index",
                    models.CharField(blank=True, max_length=64, verbose_name="证件盲索引"),
                ),
                (
                    "on_behalf_of",
                    models.CharField(blank=True, max_length=60, verbose_name="代何人"),
                ),
                ("relation", models.CharField(blank=True, max_length=30, verbose_name="关系")),
                (
                    "contact_way",
                    models.CharField(blank=True, max_length=60, verbose_name="联系方式"),
                ),
                (
                    "safe_from",
                    models.CharField(blank=True, max_length=5, verbose_name="方便联系起"),
                ),
                (
                    "safe_until",
                    models.CharField(blank=True, max_length=5, verbose_name="方便联系止"),
                ),
                (
                    "contact_note",
                    models.CharField(blank=True, max_length=200, verbose_name="联系须知"),
                ),
                (
                    "needs",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        default=list,
                        size=None,
                        verbose_name="特殊需要",
                    ),
                ),
                (
                    "person_categories",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=12),
                        default=list,
                        size=None,
                        verbose_name="人员类别",
                    ),
                ),
                ("answers", models.JSONField(default=list, verbose_name="表单答案")),
                ("opened_at", models.DateTimeField(verbose_name="受理时间")),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="签收时间")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="答复时间"),
                ),
                ("closed_at", models.DateTimeField(blank=True, null=True, verbose_name="办结时间")),
                ("result", models.CharField(blank=True, max_length=10, verbose_name="办理结果")),
                ("answerer", models.UUIDField(blank=True, null=True, verbose_name="答复人")),
                ("minutes", models.IntegerField(blank=True, null=True, verbose_name="用时分钟")),
                ("finish_clock", models.UUIDField(blank=True, null=True, verbose_name="办结时限")),
                ("sign_clock", models.UUIDField(blank=True, null=True, verbose_name="签收时限")),
                ("promise_code", models.CharField(blank=True, max_length=40, verbose_name="承诺")),
                (
                    "promise_name",
                    models.CharField(blank=True, max_length=60, verbose_name="承诺名称"),
                ),
                ("due_at", models.DateTimeField(blank=True, null=True, verbose_name="承诺时间")),
                (
                    "near_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="黄色预警时间"),
                ),
                ("warn_at", models.DateTimeField(blank=True, null=True, verbose_name="提醒时间")),
                ("broken", models.BooleanField(default=False, verbose_name="超期")),
                ("sign_broken", models.BooleanField(default=False, verbose_name="签收超期")),
                ("demo", models.BooleanField(default=False, verbose_name="演示数据")),
                (
                    "follows",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="来源诉求",
                    ),
                ),
                (
                    "party",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="people.party",
                        verbose_name="当事人",
                    ),
                ),
            ],
            options={
                "verbose_name": "诉求",
                "verbose_name_plural": "诉求",
            },
        ),
        migrations.CreateModel(
            name="AlertRule",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("promise_code", models.CharField(blank=True, max_length=80, verbose_name="时限")),
                ("version", models.PositiveIntegerField(verbose_name="版本")),
                ("recipients", models.JSONField(verbose_name="通知谁")),
                ("quiet_from", models.CharField(blank=True, max_length=5, verbose_name="免打扰起")),
                (
                    "quiet_until",
                    models.CharField(blank=True, max_length=5, verbose_name="免打扰止"),
                ),
                ("rest_days", models.BooleanField(default=True, verbose_name="休息日不打扰")),
                ("again_minutes", models.PositiveIntegerField(default=60, verbose_name="间隔分钟")),
                ("red_at_once", models.BooleanField(default=False, verbose_name="超期立即通知")),
                ("reason", models.CharField(max_length=200, verbose_name="修改原因")),
                ("set_at", models.DateTimeField(verbose_name="设置时间")),
                ("set_by", models.UUIDField(blank=True, null=True, verbose_name="设置人")),
            ],
            options={
                "verbose_name": "预警规则",
                "verbose_name_plural": "预警规则",
                "constraints": [
                    models.UniqueConstraint(
                        fields=("promise_code", "version"), name="matters_alertrule_version"
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Supplement",
            fields=[
                (
                    "matter",
                    models.OneToOneField(
                        on_delete=django.db.models.deletion.PROTECT,
                        primary_key=True,
                        related_name="+",
                        serialize=False,
                        to="matters.matter",
                        verbose_name="诉求",
                    ),
                ),
                ("asked_at", models.DateTimeField(verbose_name="告知时间")),
                ("asked_by", models.UUIDField(blank=True, null=True, verbose_name="告知人")),
                (
                    "papers",
                    django.contrib.postgres.fields.ArrayField(
                        base_field=models.CharField(max_length=200),
                        size=None,
                        verbose_name="材料清单",
                    ),
                ),
                ("words", models.TextField(blank=True, verbose_name="说明")),
                (
                    "brought_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="补正时间"),
                ),
            ],
            options={
                "verbose_name": "补正告知",
                "verbose_name_plural": "补正告知",
            },
        ),
        migrations.CreateModel(
            name="Feedback",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("helped", models.BooleanField(verbose_name="有帮助")),
                ("words", models.TextField(blank=True, verbose_name="想说的话")),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="诉求",
                    ),
                ),
            ],
            options={
                "verbose_name": "评价",
                "verbose_name_plural": "评价",
            },
        ),
        migrations.CreateModel(
            name="Message",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                (
                    "side",
                    models.CharField(
                        choices=[("citizen", "当事人"), ("office", "单位")],
                        max_length=8,
                        verbose_name="一方",
                    ),
                ),
                ("org", models.UUIDField(blank=True, null=True, verbose_name="单位")),
                ("label", models.CharField(blank=True, max_length=80, verbose_name="称呼")),
                ("words", models.TextField(verbose_name="内容")),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="诉求",
                    ),
                ),
            ],
            options={
                "verbose_name": "留言",
                "verbose_name_plural": "留言",
            },
        ),
        migrations.CreateModel(
            name="Attachment",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("file_id", models.UUIDField(db_index=True, verbose_name="材料")),
                (
                    "side",
                    models.CharField(
                        choices=[("citizen", "当事人"), ("office", "单位")],
                        max_length=8,
                        verbose_name="一方",
                    ),
                ),
                ("given_at", models.DateTimeField(verbose_name="提交时间")),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="诉求",
                    ),
                ),
                (
                    "message",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.message",
                        verbose_name="留言",
                    ),
                ),
            ],
            options={
                "verbose_name": "附件",
                "verbose_name_plural": "附件",
            },
        ),
        migrations.CreateModel(
            name="Note",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("org", models.UUIDField(blank=True, null=True, verbose_name="单位")),
                ("account", models.UUIDField(blank=True, null=True, verbose_name="人员")),
                ("label", models.CharField(blank=True, max_length=80, verbose_name="称呼")),
                (
                    "level",
                    models.SmallIntegerField(
                        choices=[(0, "公开"), (1, "内部"), (2, "敏感"), (3, "私密")],
                        verbose_name="密级",
                    ),
                ),
                ("words", models.TextField(verbose_name="意见")),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="诉求",
                    ),
                ),
            ],
            options={
                "verbose_name": "内部意见",
                "verbose_name_plural": "内部意见",
            },
        ),
        migrations.CreateModel(
            name="Participant",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("org", models.UUIDField(verbose_name="单位")),
                ("account", models.UUIDField(blank=True, null=True, verbose_name="人员")),
                (
                    "part",
                    models.CharField(
                        choices=[("holder", "承办"), ("first", "首问"), ("joint", "会办")],
                        max_length=8,
                        verbose_name="身份",
                    ),
                ),
                ("since", models.DateTimeField(verbose_name="起始时间")),
                (
                    "matter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="诉求",
                    ),
                ),
            ],
            options={
                "verbose_name": "参与方",
                "verbose_name_plural": "参与方",
            },
        ),
        migrations.CreateModel(
            name="Point",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("no", models.SmallIntegerField(verbose_name="序号")),
                ("words", models.CharField(max_length=500, verbose_name="诉求点")),
                ("answer", models.TextField(blank=True, verbose_name="答复")),
                (
                    "answered_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="答复时间"),
                ),
                ("answered_by", models.UUIDField(blank=True, null=True, verbose_name="答复人")),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="诉求",
                    ),
                ),
            ],
            options={
                "verbose_name": "诉求点",
                "verbose_name_plural": "诉求点",
            },
        ),
        migrations.CreateModel(
            name="Reply",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("at", models.DateTimeField(verbose_name="时间")),
                ("org", models.UUIDField(blank=True, null=True, verbose_name="单位")),
                ("account", models.UUIDField(blank=True, null=True, verbose_name="人员")),
                ("label", models.CharField(blank=True, max_length=80, verbose_name="称呼")),
                ("result", models.CharField(max_length=10, verbose_name="结果")),
                ("words", models.TextField(verbose_name="答复")),
                (
                    "matter",
                    models.ForeignKey(
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="诉求",
                    ),
                ),
            ],
            options={
                "verbose_name": "答复",
                "verbose_name_plural": "答复",
            },
        ),
        migrations.CreateModel(
            name="Route",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                (
                    "region_code",
                    models.CharField(
                        blank=True, db_collation="C", max_length=12, verbose_name="区划"
                    ),
                ),
                ("category", models.CharField(blank=True, max_length=8, verbose_name="事项类型")),
                ("item_code", models.CharField(blank=True, max_length=40, verbose_name="服务事项")),
                ("org", models.UUIDField(verbose_name="承办单位")),
                ("active_from", models.DateField(verbose_name="启用日期")),
                (
                    "active_until",
                    models.DateField(blank=True, null=True, verbose_name="停用日期（不含）"),
                ),
                ("note", models.CharField(blank=True, max_length=200, verbose_name="备注")),
                ("set_at", models.DateTimeField(verbose_name="设置时间")),
                ("demo", models.BooleanField(default=False, verbose_name="演示数据")),
            ],
            options={
                "verbose_name": "派单规则",
                "verbose_name_plural": "派单规则",
                "indexes": [
                    models.Index(fields=["region_code", "category"], name="matters_route_region")
                ],
                "constraints": [
                    models.CheckConstraint(
                        condition=models.Q(
                            ("active_until__isnull", True),
                            ("active_until__gte", models.F("active_from")),
                            _connector="OR",
                        ),
                        name="matters_route_period",
                    )
                ],
            },
        ),
        migrations.CreateModel(
            name="Step",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("seq", models.IntegerField(verbose_name="序号")),
                ("org", models.UUIDField(verbose_name="单位")),
                ("account", models.UUIDField(blank=True, null=True, verbose_name="人员")),
                (
                    "how",
                    models.CharField(
                        choices=[
                            ("opened", "受理派单"),
                            ("spot", "当场答复"),
                            ("pooled", "县级兜底"),
                            ("transferred", "流转"),
                            ("dispatched", "派单"),
                            ("returned", "退回"),
                            ("assigned", "指定人员"),
                        ],
                        max_length=12,
                        verbose_name="方式",
                    ),
                ),
                ("reason", models.CharField(blank=True, max_length=500, verbose_name="原因")),
                ("by_account", models.UUIDField(blank=True, null=True, verbose_name="经办人")),
                ("sent_at", models.DateTimeField(verbose_name="转来时间")),
                (
                    "sign_due_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="应签收时间"),
                ),
                ("signed_at", models.DateTimeField(blank=True, null=True, verbose_name="签收时间")),
                ("ended_at", models.DateTimeField(blank=True, null=True, verbose_name="结束时间")),
                (
                    "matter",
                    models.ForeignKey(
                        db_index=False,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="诉求",
                    ),
                ),
            ],
            options={
                "verbose_name": "流转",
                "verbose_name_plural": "流转",
            },
        ),
        migrations.CreateModel(
            name="VisitTicket",
            fields=[
                (
                    "id",
                    models.UUIDField(
                        default=yike.rooms.core.refs.new_id,
                        editable=False,
                        primary_key=True,
                        serialize=False,
                    ),
                ),
                ("org", models.UUIDField(verbose_name="站点单位")),
                ("day", models.DateField(verbose_name="日期")),
                ("number", models.IntegerField(verbose_name="号码")),
                ("taken_at", models.DateTimeField(verbose_name="取号时间")),
                ("called_at", models.DateTimeField(blank=True, null=True, verbose_name="叫号时间")),
                (
                    "served_at",
                    models.DateTimeField(blank=True, null=True, verbose_name="接待完毕时间"),
                ),
                ("called_by", models.UUIDField(blank=True, null=True, verbose_name="叫号人")),
                (
                    "matter",
                    models.ForeignKey(
                        blank=True,
                        null=True,
                        on_delete=django.db.models.deletion.PROTECT,
                        related_name="+",
                        to="matters.matter",
                        verbose_name="诉求",
                    ),
                ),
            ],
            options={
                "verbose_name": "来访取号",
                "verbose_name_plural": "来访取号",
            },
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                models.F("holder_org"),
                models.OrderBy(models.F("urgency"), descending=True),
                models.F("due_at"),
                models.F("id"),
                condition=models.Q(("state__in", ["20", "21", "30", "33", "50"])),
                name="matters_waiting",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("state__in", ["20", "21", "30", "33", "50"])),
                fields=["region_code", "due_at"],
                name="matters_open_region",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["town_code", "opened_at"], name="matters_town_day"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["opened_at"], name="matters_opened"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["closed_at"], name="matters_closed"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("answered_at__isnull", False)),
                fields=["answered_at"],
                name="matters_answered",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["category", "opened_at"], name="matters_kind_day"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("id_index", ""), _negated=True),
                fields=["id_index"],
                name="matters_id_index",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(
                condition=models.Q(("peer_id", ""), _negated=True),
                fields=["peer_id"],
                name="matters_peer",
            ),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["finish_clock"], name="matters_finish_clock"),
        ),
        migrations.AddIndex(
            model_name="matter",
            index=models.Index(fields=["sign_clock"], name="matters_sign_clock"),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(("state__in", ["20", "21", "30", "33", "50", "60", "70", "11"])),
                name="matters_matter_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(("turn__in", ["office", "citizen", "nobody"])),
                name="matters_matter_turn",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    models.Q(("state__in", ["20", "21", "30", "33", "50"]), _negated=True),
                    ("holder_org__isnull", False),
                    _connector="OR",
                ),
                name="matters_open_has_holder",
            ),
        ),
        migrations.AddConstraint(
            model_name="matter",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("level__gte", 0), ("level__lte", 3), ("urgency__gte", 0), ("urgency__lte", 2)
                ),
                name="matters_matter_marks",
            ),
        ),
        migrations.AddConstraint(
            model_name="attachment",
            constraint=models.UniqueConstraint(fields=("file_id",), name="matters_file_once"),
        ),
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(fields=["org", "matter"], name="matters_part_org"),
        ),
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(
                condition=models.Q(("part", "joint")),
                fields=["org", "matter"],
                name="matters_part_joint",
            ),
        ),
        migrations.AddIndex(
            model_name="participant",
            index=models.Index(
                condition=models.Q(("account__isnull", False)),
                fields=["account", "matter"],
                name="matters_part_account",
            ),
        ),
        migrations.AddConstraint(
            model_name="participant",
            constraint=models.UniqueConstraint(
                fields=("matter", "org", "account", "part"),
                name="matters_participant_once",
                nulls_distinct=False,
            ),
        ),
        migrations.AddConstraint(
            model_name="point",
            constraint=models.UniqueConstraint(fields=("matter", "no"), name="matters_point_no"),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(fields=("matter", "seq"), name="matters_step_seq"),
        ),
        migrations.AddConstraint(
            model_name="step",
            constraint=models.UniqueConstraint(
                condition=models.Q(("ended_at__isnull", True)),
                fields=("matter",),
                name="matters_one_open_step",
            ),
        ),
        migrations.AddConstraint(
            model_name="visitticket",
            constraint=models.UniqueConstraint(
                fields=("org", "day", "number"), name="matters_ticket_number"
            ),
        ),
    ]

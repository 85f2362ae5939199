from django.db import migrations, models


class Migration(migrations.Migration):
    dependencies = [
        ("notices", "0003_write_rows"),
    ]

    operations = [
        migrations.RemoveConstraint(
            model_name="notice",
            name="notices_notice_state",
        ),
        migrations.RemoveConstraint(
            model_name="notice",
            name="notices_notice_channel",
        ),
        migrations.RemoveIndex(
            model_name="notice",
            name="notices_outbox",
        ),
        migrations.AddField(
            model_name="notice",
            name="answers_to",
            field=models.CharField(blank=True, default="", max_length=64, verbose_name="责任单位"),
        ),
        migrations.AddField(
            model_name="notice",
            name="delivered_at",
            field=models.DateTimeField(null=True, verbose_name="送达时间"),
        ),
        migrations.AddField(
            model_name="notice",
            name="gateway_ref",
            field=models.CharField(
                blank=True, default="", max_length=120, verbose_name="平台短信编号"
            ),
        ),
        migrations.AddField(
            model_name="notice",
            name="level",
            field=models.SmallIntegerField(default=0, verbose_name="密级"),
        ),
        migrations.AddField(
            model_name="notice",
            name="urgent",
            field=models.BooleanField(default=False, verbose_name="不受免打扰时段限制"),
        ),
        migrations.AddField(
            model_name="template",
            name="by_sms",
            field=models.BooleanField(default=False, verbose_name="也发短信"),
        ),
        migrations.AddField(
            model_name="template",
            name="urgent",
            field=models.BooleanField(default=False, verbose_name="不受免打扰时段限制"),
        ),
        migrations.AlterField(
            model_name="notice",
            name="channel",
            field=models.CharField(
                choices=[("in_app", "站内"), ("email", "邮件"), ("sms", "短信")],
                max_length=10,
                verbose_name="渠道",
            ),
        ),
        migrations.AlterField(
            model_name="notice",
            name="state",
            field=models.CharField(
                choices=[
                    ("queued", "待发送"),
                    ("sending", "发送中"),
                    ("sent", "已发出"),
                    ("delivered", "已送达"),
                    ("read", "已读"),
                    ("failed", "失败"),
                    ("unsure", "结果不明"),
                ],
                max_length=10,
                verbose_name="状态",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(
                    ("channel__in", ("email", "sms")), ("state__in", ["queued", "sending"])
                ),
                fields=["next_at"],
                name="notices_outbox",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("gateway_ref", ""), _negated=True),
                fields=["gateway_ref"],
                name="notices_gateway_ref",
            ),
        ),
        migrations.AddIndex(
            model_name="notice",
            index=models.Index(
                condition=models.Q(("channel__in", ("email", "sms"))),
                fields=["subject", "-id"],
                name="notices_proofs",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    (
                        "state__in",
                        ["queued", "sending", "sent", "delivered", "read", "failed", "unsure"],
                    )
                ),
                name="notices_notice_state",
            ),
        ),
        migrations.AddConstraint(
            model_name="notice",
            constraint=models.CheckConstraint(
                condition=models.Q(
                    ("channel__in", ("email", "sms")),
                    models.Q(
                        ("address", None), ("channel", "in_app"), ("state__in", ["sent", "read"])
                    ),
                    _connector="OR",
                ),
                name="notices_notice_channel",
            ),
        ),
    ]

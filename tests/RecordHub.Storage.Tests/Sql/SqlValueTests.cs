using NUnit.Framework;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Tests.Sql;

/// <summary>Values on their way to a driver.</summary>
public sealed class SqlValueTests
{
    [Test]
    public void A_value_is_what_it_was_made_of()
    {
        byte[] bytes = [1, 2];
        string[] list = ["a"];

        Assert.Multiple(() =>
        {
            Assert.That(((SqlValue)"Müster").ToObject(), Is.EqualTo("Müster"));
            Assert.That(((SqlValue)bytes).ToObject(), Is.SameAs(bytes));
            Assert.That(((SqlValue)list).ToObject(), Is.SameAs(list));
            Assert.That(((SqlValue)long.MinValue).ToObject(), Is.TypeOf<long>().And.EqualTo(long.MinValue));
            Assert.That(((SqlValue)(-7)).ToObject(), Is.TypeOf<int>().And.EqualTo(-7), "PostgreSQL tells int4 from int8");
            Assert.That(((SqlValue)true).ToObject(), Is.True);
            Assert.That(((SqlValue)false).ToObject(), Is.False);
            Assert.That(((SqlValue)(-0.5)).ToObject(), Is.EqualTo(-0.5));
        });
    }

    [Test]
    public void What_is_not_there_is_null()
    {
        Assert.Multiple(() =>
        {
            Assert.That(default(SqlValue).ToObject(), Is.Null);
            Assert.That(((SqlValue)(string?)null).ToObject(), Is.Null);
            Assert.That(((SqlValue)(byte[]?)null).ToObject(), Is.Null);
            Assert.That(((SqlValue)(long?)null).ToObject(), Is.Null);
            Assert.That(((SqlValue)(int?)null).ToObject(), Is.Null);
            Assert.That(((SqlValue)(long?)0L).ToObject(), Is.Zero);
        });
    }
}

using NUnit.Framework;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Tests.Resources;

public class FhirDatesTests
{
    [TestCase("1970", 0, 31_535_999_999)]
    [TestCase("1970-02", 2_678_400_000, 5_097_599_999)]
    [TestCase("1970-01-01", 0, 86_399_999)]
    [TestCase("1970-01-01T00:01Z", 60_000, 119_999)]
    [TestCase("1970-01-01T00:00:01+00:00", 1_000, 1_999)]
    [TestCase("1970-01-01T01:00:00.5+01:00", 500, 599)]
    [TestCase("1970-01-01T00:00:00.123456Z", 123, 123)]
    [TestCase("1969-12-31T23:00:00-01:00", 0, 999)]
    [TestCase("1970-01-01T23:59:60Z", 86_399_000, 86_399_999)]
    public void TryRange_covers_what_the_precision_leaves_open(string text, long low, long high)
    {
        Assert.That(FhirDates.TryRange(text, out long first, out long last), Is.True);
        Assert.That((first, last), Is.EqualTo((low, high)));
    }

    [TestCase("9999-12-31")]
    [TestCase("0001")]
    public void TryRange_reaches_the_ends_of_the_calendar(string text) =>
        Assert.That(FhirDates.TryRange(text, out _, out _), Is.True);

    [TestCase(null)]
    [TestCase("")]
    [TestCase("0000")]
    [TestCase("1970-13")]
    [TestCase("1970-02-30")]
    [TestCase("1970-01-01T25:00Z")]
    [TestCase("1970-01-01T00:00:00.Z")]
    [TestCase("1970-01-01T00:00+1:00")]
    [TestCase("19700101")]
    public void TryRange_is_false_for_anything_else(string? text) =>
        Assert.That(FhirDates.TryRange(text, out _, out _), Is.False);
}

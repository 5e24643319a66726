using NUnit.Framework;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Tests.Resources;

internal sealed class FhirNumbersTests
{
    [Test]
    public void Numbers_are_in_the_order_of_their_values()
    {
        string[] ordered = ["-1e300", "-100", "-99.5", "-1", "-1e-40", "0", "1e-40", "0.1", "1", "1.5", "99.5", "100", "1e2", "1e300"];
        long[] read = [.. ordered.Select(Read)];

        Assert.That(read, Is.Ordered);
        Assert.That(Read("-0.0"), Is.EqualTo(Read("0")));
        Assert.That(Read("2.50"), Is.EqualTo(Read("2.5")));
        Assert.That(Read("100"), Is.EqualTo(Read("1e2")));
    }

    [TestCase("2.5", "2.45", true)]
    [TestCase("2.5", "2.549999", true)]
    [TestCase("2.5", "2.55", false)]
    [TestCase("2.50", "2.45", false)]
    [TestCase("1e-40", "1.4e-40", true)]
    [TestCase("1e-40", "1.6e-40", false)]
    [TestCase("12345678901234567890123456789012345", "12345678901234567890123456789012345", true)]
    public void A_range_reaches_to_half_of_the_last_digit(string text, string number, bool isIn)
    {
        Assert.That(FhirNumbers.TryRange(text, out long low, out long high), Is.True);
        Assert.That(Read(number) >= low && Read(number) <= high, Is.EqualTo(isIn));
    }

    [TestCase("-10", "-11", true)]
    [TestCase("-10", "-11.1", false)]
    [TestCase("10", "9", true)]
    [TestCase("0", "0", true)]
    public void About_is_a_tenth(string text, string number, bool isIn)
    {
        Assert.That(FhirNumbers.TryAbout(text, out long low, out long high), Is.True);
        Assert.That(Read(number) >= low && Read(number) <= high, Is.EqualTo(isIn));
    }

    [TestCase(null)]
    [TestCase("")]
    [TestCase("NaN")]
    [TestCase("Infinity")]
    [TestCase("1e999")]
    [TestCase("1e9999999999")]
    [TestCase("1,5")]
    [TestCase("0x10")]
    [TestCase(" 1")]
    [TestCase("1.")]
    public void What_is_no_number_is_none(string? text)
    {
        Assert.That(FhirNumbers.TryRead(text, out _), Is.False);
        Assert.That(FhirNumbers.TryRange(text, out _, out _), Is.False);
        Assert.That(FhirNumbers.TryAbout(text, out _, out _), Is.False);
    }

    private static long Read(string text) => FhirNumbers.TryRead(text, out long number) ? number : throw new AssertionException(text);
}

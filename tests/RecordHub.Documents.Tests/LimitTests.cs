namespace RecordHub.Documents.Tests;

/// <summary>Limits that hold before a format is looked at.</summary>
public sealed class LimitTests
{
    [Test]
    public void Text_has_a_limit_of_its_own_because_its_readers_hold_it_several_times()
    {
        DocumentLimits limits = DocumentLimits.Default with { MaxTextBytes = 10 };

        Assert.That(
            Reading.Outcome(DocumentKind.PlainText, "eleven byte"u8.ToArray(), limits),
            Is.TypeOf<DocumentOutcome.TooLarge>().With.Property("Limit").EqualTo(DocumentLimit.ContentBytes));
        Assert.That(Reading.Outcome(DocumentKind.Pdf, Samples.Pdf(["x"]), limits), Is.TypeOf<DocumentOutcome.Read>());
    }
}

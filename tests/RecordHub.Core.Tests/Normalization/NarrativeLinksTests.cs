using System.Diagnostics;
using NUnit.Framework;
using RecordHub.Core.Normalization;

namespace RecordHub.Core.Tests.Normalization;

internal sealed class NarrativeLinksTests
{
    private const string Known = "urn:uuid:0d1f7f8c-6a43-4f62-9d56-0a6c0d4b7a11";
    private const string Unknown = "urn:uuid:0d1f7f8c-6a43-4f62-9d56-0a6c0d4b7a12";

    [TestCase($"<a href=\"{Known}\">x</a>", "<a href=\"PLACE\">x</a>")]
    [TestCase($"<a class='c' HREF = '{Known}'>x</a>", "<a class='c' HREF = 'PLACE'>x</a>")]
    [TestCase($"<img alt=\"{Known}\" src=\"{Known}\"/>", $"<img alt=\"{Known}\" src=\"PLACE\"/>")]
    [TestCase($"<a href=\"{Unknown}\">{Known}</a>", $"<a href=\"{Unknown}\">{Known}</a>")]
    [TestCase($"<a data-href=\"{Known}\"/>", $"<a data-href=\"{Known}\"/>")]
    [TestCase($"<a href=\"{Known}#part\"/>", $"<a href=\"{Known}#part\"/>")]
    public void Links_and_pictures_are_replaced_and_nothing_else(string div, string expected) =>
        Assert.That(NarrativeLinks.Replace(div, address => address == Known ? "PLACE" : null), Is.EqualTo(expected));

    [Test]
    public void The_addresses_are_found() => Assert.That(
        NarrativeLinks.Of($"<a href=\"{Known}\"/><img src='{Unknown}'/><p>{Known}</p>"), Is.EqualTo(new[] { Known, Unknown }));

    [Test]
    public void Of_very_many_the_first_thousand_are()
    {
        string div = string.Concat(Enumerable.Repeat($"<a href=\"{Known}\"/>", 1500));

        Assert.That(NarrativeLinks.Of(div).Count(), Is.EqualTo(1000));
        Assert.That(NarrativeLinks.Replace(div, static _ => "P").Split("\"P\""), Has.Length.EqualTo(1001));
    }

    [Test]
    public void Blanks_without_end_take_no_time()
    {
        string div = Known + string.Concat(Enumerable.Repeat(" href" + new string(' ', 1000), 2000));
        long began = Stopwatch.GetTimestamp();

        Assert.That(NarrativeLinks.Of(div), Is.Empty);
        Assert.That(Stopwatch.GetElapsedTime(began), Is.LessThan(TimeSpan.FromSeconds(5)));
    }
}

using NUnit.Framework;
using RecordHub.Server.Console;

namespace RecordHub.Server.Tests.Console;

internal sealed class HtmlTests
{
    [TestCase("<script>alert(1)</script>")]
    [TestCase("\" onmouseover=\"x")]
    [TestCase("' & <b>")]
    public void Of_lets_no_text_become_markup(string hostile)
    {
        string html = Html.Of($"<p title=\"{hostile}\">{hostile}</p>").ToString();

        Assert.That(html.Count(c => c is '<' or '>'), Is.EqualTo(4));
        Assert.That(html.Count(c => c == '"'), Is.EqualTo(2));
        Assert.That(html, Does.Not.Contain('\''));
    }

    [Test]
    public void Of_takes_pieces_as_they_are() =>
        Assert.That(Html.Of($"<ul>{Enumerable.Range(1, 2).Select(i => Html.Of($"<li>{i}</li>"))}</ul>").ToString(),
            Is.EqualTo("<ul><li>1</li><li>2</li></ul>"));
}

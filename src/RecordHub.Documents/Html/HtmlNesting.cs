using AngleSharp.Html.Parser;
using AngleSharp.Html.Parser.Tokens;
using RecordHub.Documents.Reading;

namespace RecordHub.Documents.Html;

/// <summary>Watches tags as they are read: the parser looks through all open elements at each tag, so that deep nesting costs its square.</summary>
internal sealed class HtmlNesting(ReadContext context)
{
    private const int Slack = 16;
    private int _open;

    public void See(HtmlToken token)
    {
        context.Check();
        if (token.Type is not (HtmlTokenType.StartTag or HtmlTokenType.EndTag) || IsVoidOrOptional(token.Name))
        {
            return;
        }

        _open = token.Type == HtmlTokenType.StartTag ? _open + 1 : Math.Max(0, _open - 1);
        if (_open > context.Limits.MaxNesting * Slack)
        {
            throw DocumentException.TooLarge(DocumentLimit.Nesting, $"more than {context.Limits.MaxNesting * Slack} elements are left open");
        }
    }

    /// <summary>Elements that need no end tag (HTML §13.1.2.4), which sound pages leave open by the thousand.</summary>
    private static bool IsVoidOrOptional(string name) => name is "p" or "li" or "td" or "th" or "tr" or "tbody" or "thead" or "tfoot"
        or "option" or "optgroup" or "dt" or "dd" or "colgroup" or "col" or "br" or "hr" or "img" or "input" or "meta" or "link" or "base"
        or "area" or "embed" or "param" or "source" or "track" or "wbr" or "rb" or "rt" or "rtc" or "rp" or "o:p";
}

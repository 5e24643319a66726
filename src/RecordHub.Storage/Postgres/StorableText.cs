using System.Text;

namespace RecordHub.Storage.Postgres;

/// <summary>
/// Text as PostgreSQL takes it: it has no U+0000 and no half of a surrogate pair, both of which a sender may put into a
/// value. They become U+FFFD in columns and in what is searched for; the received bytes are kept as they are.
/// </summary>
internal static class StorableText
{
    internal static string Of(string text)
    {
        if (text.Contains('\0', StringComparison.Ordinal))
        {
            text = text.Replace('\0', '\uFFFD');
        }

        return text.AsSpan().ContainsAnyInRange('\uD800', '\uDFFF')
            ? Encoding.UTF8.GetString(Encoding.UTF8.GetBytes(text))
            : text;
    }
}

using System.Text;
using System.Text.Json;

namespace RecordHub.Cli.Sites;

/// <summary>
/// Puts a site into the text of <c>appsettings.json</c>, and leaves every other byte as it is: comments, order and spaces
/// are somebody's. Pure.
/// </summary>
internal static class SettingsText
{
    private const string Section = "Sites";
    private static readonly JsonReaderOptions s_options =
        new() { CommentHandling = JsonCommentHandling.Skip, AllowTrailingCommas = true };

    /// <summary>The text with one site more.</summary>
    /// <param name="text">The file; empty when there is none.</param>
    /// <param name="site">The site as a JSON object.</param>
    /// <exception cref="CommandException">The file is no JSON object, or its sites are not written as an array.</exception>
    public static byte[] AddSite(ReadOnlySpan<byte> text, string site)
    {
        ReadOnlySpan<byte> mark = Encoding.UTF8.Preamble;
        int skipped = text.StartsWith(mark) ? mark.Length : 0;
        ReadOnlySpan<byte> json = text[skipped..];
        if (json.Trim(" \t\r\n"u8).IsEmpty)
        {
            return Encoding.UTF8.GetBytes($"{{\n  \"{Section}\": [\n    {site}\n  ]\n}}\n");
        }

        try
        {
            (int at, string written) = Place(json, site);
            return [.. text[..(skipped + at)], .. Encoding.UTF8.GetBytes(written), .. json[at..]];
        }
        catch (JsonException malformed)
        {
            throw new CommandException(
                $"appsettings.json is not valid JSON (line {malformed.LineNumber + 1}).", "Correct it or remove it.");
        }
    }

    /// <summary>Where something is to be written into the JSON, and what.</summary>
    private static (int At, string Text) Place(ReadOnlySpan<byte> json, string site)
    {
        Utf8JsonReader reader = new(json, s_options);
        if (!reader.Read() || reader.TokenType != JsonTokenType.StartObject)
        {
            throw new CommandException("appsettings.json holds no JSON object.", "Correct it or remove it.");
        }

        int last = (int)reader.BytesConsumed;
        bool isFirst = true;
        (int, string)? place = null;
        while (reader.Read() && reader.TokenType == JsonTokenType.PropertyName)
        {
            string name = reader.GetString() ?? string.Empty;
            reader.Read();
            if (name.StartsWith(Section + ":", StringComparison.OrdinalIgnoreCase)
                || (string.Equals(name, Section, StringComparison.OrdinalIgnoreCase)
                    && reader.TokenType != JsonTokenType.StartArray))
            {
                throw new CommandException(
                    $"The sites in appsettings.json are not written as an array \"{Section}\": [ … ].",
                    "Write them as one, or add the site by hand.");
            }

            if (string.Equals(name, Section, StringComparison.OrdinalIgnoreCase))
            {
                place = InArray(ref reader, site);
            }
            else
            {
                reader.Skip();
            }

            last = (int)reader.BytesConsumed;
            isFirst = false;
        }

        // To the very end, so that a file that is broken behind the place is not written to.
        while (reader.Read())
        {
        }

        return place ?? (last, $"{(isFirst ? string.Empty : ",")}\n  \"{Section}\": [\n    {site}\n  ]{(isFirst ? "\n" : string.Empty)}");
    }

    private static (int At, string Text) InArray(ref Utf8JsonReader reader, string site)
    {
        int last = (int)reader.BytesConsumed;
        bool isFirst = true;
        while (reader.Read() && reader.TokenType != JsonTokenType.EndArray)
        {
            reader.Skip();
            last = (int)reader.BytesConsumed;
            isFirst = false;
        }

        return (last, $"{(isFirst ? string.Empty : ",")}\n    {site}");
    }
}

using System.Globalization;
using Microsoft.AspNetCore.Http;
using Microsoft.Net.Http.Headers;

namespace RecordHub.Server.Uploads;

/// <summary>What an uploader reads, in one language.</summary>
internal sealed record UploadTexts
{
    public required string Language { get; init; }
    public required string Title { get; init; }
    public required string ForCase { get; init; }
    public required string Lead { get; init; }
    public required string Files { get; init; }
    public required string Folder { get; init; }
    public required string FolderHint { get; init; }
    public required string Drop { get; init; }
    public required string Send { get; init; }
    public required string What { get; init; }
    public required IReadOnlyList<string> Kinds { get; init; }
    public required string Limits { get; init; }
    public required string Sending { get; init; }
    public required string Counted { get; init; }
    public required string Nothing { get; init; }
    public required string Failed { get; init; }
    public required string Again { get; init; }
    public required string Stay { get; init; }
    public required string Outcomes { get; init; }
    public required string File { get; init; }
    public required string Outcome { get; init; }
    public required string Received { get; init; }
    public required string NotARecord { get; init; }
    public required string Refused { get; init; }
    public required string More { get; init; }
    public required string Kept { get; init; }
    public required string NotRead { get; init; }

    /// <summary>Whether what the intake says in English goes with it.</summary>
    public bool HasDetails { get; init; }

    public required string Lost { get; init; }
    public required string Archive { get; init; }
    public required string TooLarge { get; init; }
    public required string Full { get; init; }
    public required string Away { get; init; }
    public required string Broken { get; init; }
    public required string TooMany { get; init; }
    public required string LinkFull { get; init; }
    public required string NameTooLong { get; init; }
    public required string GoneTitle { get; init; }
    public required string Gone { get; init; }
    public required string GoneAdvice { get; init; }
    public required string Trouble { get; init; }

    /// <summary>The language that the browser would rather have, of those that there are.</summary>
    public static UploadTexts Of(HttpContext context)
    {
        IList<StringWithQualityHeaderValue> wanted = context.Request.GetTypedHeaders().AcceptLanguage;
        string? first = wanted.Where(static one => one.Quality != 0)
            .OrderByDescending(static one => one.Quality ?? 1)
            .Select(static one => one.Value.Value?.Split('-')[0].ToLowerInvariant())
            .FirstOrDefault(static language => language is "de" or "en");
        return first == "de" ? UploadTextsGerman.Texts : UploadTextsEnglish.Texts;
    }

    /// <summary>That something is not read, and why.</summary>
    public string NotReadBecause(string? detail) => HasDetails ? $"{NotRead}: {detail}" : NotRead;

    /// <summary>A text with its numbers.</summary>
    public static string With(string text, params ReadOnlySpan<object?> values) =>
        string.Format(CultureInfo.InvariantCulture, text, values);

    /// <summary>An outcome in words.</summary>
    public string WordOf(UploadedFile file) => file.Outcome switch
    {
        UploadedFile.Received => Received,
        UploadedFile.NotARecord => NotARecord,
        _ => Refused,
    };

    /// <summary>A size as people say it.</summary>
    public static string Size(long bytes)
    {
        string[] units = ["B", "KiB", "MiB", "GiB", "TiB", "PiB", "EiB"];
        double value = bytes;
        int unit = 0;
        for (; value >= 1024 && unit < units.Length - 1; unit++)
        {
            value /= 1024;
        }

        return With("{0:0.#} {1}", value, units[unit]);
    }
}

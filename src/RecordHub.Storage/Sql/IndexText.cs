using System.Diagnostics.CodeAnalysis;

namespace RecordHub.Storage.Sql;

/// <summary>
/// A text as far as the search index holds it: PostgreSQL indexes nothing longer than about 2,700 bytes, and nobody looks
/// for a text by more than its first 500 characters.
/// </summary>
internal static class IndexText
{
    /// <summary>U+10FFFF: sorts behind every other character, so that a text and it end what begins with the text.</summary>
    internal const string LastCharacter = "\U0010FFFF";

    private const int Most = 500;

    [return: NotNullIfNotNull(nameof(text))]
    internal static string? Of(string? text) => text is null || text.Length <= Most
        ? text
        : text[..(char.IsHighSurrogate(text[Most - 1]) ? Most - 1 : Most)];
}

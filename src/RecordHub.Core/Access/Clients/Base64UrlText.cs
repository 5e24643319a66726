using System.Buffers;
using System.Buffers.Text;

namespace RecordHub.Core.Access.Clients;

/// <summary>base64url without padding (RFC 7515 §2), and nothing else: no blanks, no second alphabet.</summary>
internal static class Base64UrlText
{
    private static readonly SearchValues<char> s_allowed =
        SearchValues.Create("ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789-_");

    /// <summary>The bytes; null when the text is none.</summary>
    internal static byte[]? Decode(ReadOnlySpan<char> text) =>
        text.IsEmpty || text.ContainsAnyExcept(s_allowed) || !Base64Url.IsValid(text) ? null : Base64Url.DecodeFromChars(text);
}

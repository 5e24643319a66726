using System.Buffers.Text;
using System.Security.Cryptography;
using System.Text;
using Microsoft.AspNetCore.Http;
using RecordHub.Core.Access;
using RecordHub.Server.Web;

namespace RecordHub.Server.Fhir;

/// <summary>
/// The opaque part of a next link: the search and where its next page begins, encrypted (AES-256-GCM), because a search
/// may name a patient and links stand in logs.
/// </summary>
internal sealed class PageCursor(ISharedKeys keys)
{
    private const string KeyName = "page-links";
    private const int NonceBytes = 12;
    private const int TagBytes = 16;
    private const int MostCharacters = 32_768;

    private const int KeyBytes = 32;
    private byte[] _key = [];

    /// <summary>Takes the key that all processes of the installation share; before it nothing can be sealed or opened.</summary>
    public async Task LoadAsync(CancellationToken cancellationToken) =>
        _key = await keys.GetOrAddAsync(KeyName, RandomNumberGenerator.GetBytes(KeyBytes), cancellationToken);

    /// <param name="path">The path that it may be used under.</param>
    /// <param name="query">The search, as a query string.</param>
    /// <param name="after">Where the next page begins, on one line.</param>
    public string Seal(string path, string query, string after)
    {
        byte[] plain = Encoding.UTF8.GetBytes($"{after}\n{query}");
        byte[] sealedBytes = new byte[NonceBytes + plain.Length + TagBytes];
        RandomNumberGenerator.Fill(sealedBytes.AsSpan(0, NonceBytes));
        using AesGcm aes = new(_key, TagBytes);
        aes.Encrypt(
            sealedBytes.AsSpan(0, NonceBytes), plain, sealedBytes.AsSpan(NonceBytes, plain.Length),
            sealedBytes.AsSpan(NonceBytes + plain.Length), Encoding.UTF8.GetBytes(path));
        return Base64Url.EncodeToString(sealedBytes);
    }

    /// <exception cref="RefusedException">The text is no cursor of ours for this path (400).</exception>
    public (string Query, string After) Open(string path, string cursor)
    {
        try
        {
            byte[] bytes = cursor.Length <= MostCharacters ? Base64Url.DecodeFromChars(cursor) : [];
            if (bytes.Length <= NonceBytes + TagBytes)
            {
                throw Unknown();
            }

            byte[] plain = new byte[bytes.Length - NonceBytes - TagBytes];
            using AesGcm aes = new(_key, TagBytes);
            aes.Decrypt(
                bytes.AsSpan(0, NonceBytes), bytes.AsSpan(NonceBytes, plain.Length), bytes.AsSpan(NonceBytes + plain.Length),
                plain, Encoding.UTF8.GetBytes(path));
            string text = Encoding.UTF8.GetString(plain);
            int line = text.IndexOf('\n', StringComparison.Ordinal);
            return (text[(line + 1)..], text[..line]);
        }
        catch (Exception notOurs) when (notOurs is FormatException or CryptographicException)
        {
            throw Unknown();
        }
    }

    private static RefusedException Unknown() => new(
        StatusCodes.Status400BadRequest, "expired", "This page link is none of this server; search again.", "http.parameter._cursor");
}

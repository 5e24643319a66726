using System.Security.Cryptography;
using System.Text;
using RecordHub.Core.Cases;

namespace RecordHub.Core.Resources;

/// <summary>
/// Makes FHIR logical ids from what a resource is, so that the same records give the same ids in every installation,
/// in any order and through any door: 26 characters of <c>a-z2-7</c>, the first 130 bits of a SHA-256.
/// </summary>
public static class ResourceId
{
    private const string Alphabet = "abcdefghijklmnopqrstuvwxyz234567";
    private const int Characters = 26;

    /// <summary>The id of a resource of a case.</summary>
    public static string Of(CaseNumber caseNumber, string type, string key) => Of(caseNumber.ToString(), type, key);

    /// <summary>An id from some parts. No two lists of parts are read as the same.</summary>
    public static string Of(params ReadOnlySpan<string> parts)
    {
        using IncrementalHash hash = IncrementalHash.CreateHash(HashAlgorithmName.SHA256);
        foreach (string part in parts)
        {
            byte[] bytes = Encoding.UTF8.GetBytes(part);
            hash.AppendData(BitConverter.GetBytes(bytes.Length));
            hash.AppendData(bytes);
        }

        byte[] digest = hash.GetHashAndReset();
        return string.Create(Characters, digest, static (text, bytes) =>
        {
            for (int i = 0; i < text.Length; i++)
            {
                int bit = i * 5;
                int pair = (bytes[bit / 8] << 8) | bytes[(bit / 8) + 1];
                text[i] = Alphabet[(pair >> (11 - (bit % 8))) & 31];
            }
        });
    }
}

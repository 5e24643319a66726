using System.Collections.Concurrent;
using System.Security.Cryptography;

namespace RecordHub.Core.Intake;

/// <summary>Hashes that nobody uses at the moment: each holds memory of the system's cryptography.</summary>
internal static class Hashes
{
    private const int MostIdle = 64;
    private static readonly ConcurrentQueue<IncrementalHash> s_idle = [];

    /// <summary>A SHA-256 that has seen nothing.</summary>
    internal static IncrementalHash Rent() =>
        s_idle.TryDequeue(out IncrementalHash? idle) ? idle : IncrementalHash.CreateHash(HashAlgorithmName.SHA256);

    /// <summary>Ends a hash and gives it back.</summary>
    internal static ContentHash End(IncrementalHash hash)
    {
        Span<byte> digest = stackalloc byte[SHA256.HashSizeInBytes];
        hash.GetHashAndReset(digest);
        if (s_idle.Count < MostIdle)
        {
            s_idle.Enqueue(hash);
        }
        else
        {
            hash.Dispose();
        }

        return ContentHash.FromDigest(digest);
    }
}

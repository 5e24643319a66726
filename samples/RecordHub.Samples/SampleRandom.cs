using System.Globalization;
using System.Numerics;
using System.Security.Cryptography;
using System.Text;

namespace RecordHub.Samples;

/// <summary>Numbers and identifiers that follow from a seed, the same with every version of .NET (SplitMix64).</summary>
public sealed class SampleRandom(int seed)
{
    private ulong _state = unchecked((ulong)seed);

    /// <summary>A number from 0 up to and without <paramref name="end"/>.</summary>
    public int Next(int end)
    {
        unchecked
        {
            ulong z = _state += 0x9E3779B97F4A7C15;
            z = (z ^ (z >> 30)) * 0xBF58476D1CE4E5B9;
            z = (z ^ (z >> 27)) * 0x94D049BB133111EB;
            return (int)((z ^ (z >> 31)) % (ulong)end);
        }
    }

    /// <summary>One of them.</summary>
    public string Pick(IReadOnlyList<string> values) => values[Next(values.Count)];

    /// <summary>A UID under 2.25 (PS3.5 §B.2) that follows from the seed and a name.</summary>
    public string Uid(string name)
    {
        byte[] digest = SHA256.HashData(Encoding.UTF8.GetBytes(string.Create(CultureInfo.InvariantCulture, $"{seed}/{name}")));
        return "2.25." + new BigInteger(digest.AsSpan(0, 16), isUnsigned: true, isBigEndian: true)
            .ToString(CultureInfo.InvariantCulture);
    }
}

using System.Buffers.Binary;
using System.Security.Cryptography;
using System.Text;

namespace RecordHub.Storage.Postgres;

/// <summary>
/// Advisory locks for what transactions decide about. Keys share a fixed number of locks, because the server has room for
/// a few thousand in all; two that share one only wait for each other.
/// </summary>
internal static class LockKeys
{
    /// <summary>The first of the two numbers that name one of our locks: "RH".</summary>
    internal const int Space = 0x5248;

    /// <summary>The lock of a process that brings the schema up to date; no key has it.</summary>
    internal const int Schema = -1;

    private const int Count = 2048;

    internal static int Of(string key) =>
        BinaryPrimitives.ReadUInt16BigEndian(SHA256.HashData(Encoding.UTF8.GetBytes(key))) % Count;
}

using System.Runtime.InteropServices;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Sql;

/// <summary>How our values are kept in columns.</summary>
internal static class RowValues
{
    // Its own bytes, which no statement changes: each receipt binds them some times.
    internal static byte[] Bytes(this ContentHash hash) =>
        MemoryMarshal.TryGetArray(hash.Digest, out ArraySegment<byte> own) ? own.Array ?? [] : [];

    internal static byte[] Bytes(this ItemId id) => id.Value.ToByteArray(bigEndian: true);

    internal static ContentHash GetHash(this Row row, int column) =>
        ContentHash.FromDigest(row.GetBytes(column));

    internal static ItemId GetItemId(this Row row, int column) =>
        new(new Guid(row.GetBytes(column), bigEndian: true));

    internal static DateTimeOffset GetTime(this Row row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    internal static CaseNumber GetCase(this Row row, int column) => new(row.GetInt64(column));

    internal static string? GetText(this Row row, int column) =>
        row.IsNull(column) ? null : row.GetString(column);

    internal static int? GetNumber(this Row row, int column) =>
        row.IsNull(column) ? null : row.GetInt32(column);

    internal static TEnum GetEnum<TEnum>(this Row row, int column)
        where TEnum : struct, Enum => Enum.Parse<TEnum>(row.GetString(column));
}

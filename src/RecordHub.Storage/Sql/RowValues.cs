using System.Data.Common;
using RecordHub.Core.Cases;
using RecordHub.Core.Intake;

namespace RecordHub.Storage.Sql;

/// <summary>How our values are kept in columns.</summary>
internal static class RowValues
{
    internal static byte[] Bytes(this ContentHash hash) => Convert.FromHexString(hash.ToString());

    internal static byte[] Bytes(this ItemId id) => id.Value.ToByteArray(bigEndian: true);

    internal static ContentHash GetHash(this DbDataReader row, int column) =>
        ContentHash.FromDigest(row.GetFieldValue<byte[]>(column));

    internal static ItemId GetItemId(this DbDataReader row, int column) =>
        new(new Guid(row.GetFieldValue<byte[]>(column), bigEndian: true));

    internal static DateTimeOffset GetTime(this DbDataReader row, int column) =>
        DateTimeOffset.FromUnixTimeMilliseconds(row.GetInt64(column));

    internal static CaseNumber GetCase(this DbDataReader row, int column) => new(row.GetInt64(column));

    internal static string? GetText(this DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetString(column);

    internal static int? GetNumber(this DbDataReader row, int column) =>
        row.IsDBNull(column) ? null : row.GetInt32(column);

    internal static TEnum GetEnum<TEnum>(this DbDataReader row, int column)
        where TEnum : struct, Enum => Enum.Parse<TEnum>(row.GetString(column));
}

using Npgsql;
using RecordHub.Storage.Sql;

namespace RecordHub.Storage.Postgres;

/// <summary>The row that a reader stands at.</summary>
internal sealed class PostgresRow(NpgsqlDataReader reader) : Row
{
    internal override bool IsNull(int column) => reader.IsDBNull(column);

    internal override string GetString(int column) => reader.GetString(column);

    internal override long GetInt64(int column) => reader.GetInt64(column);

    internal override int GetInt32(int column) => reader.GetInt32(column);

    internal override bool GetBoolean(int column) => reader.GetBoolean(column);

    internal override ReadOnlySpan<byte> GetBytes(int column) => reader.GetFieldValue<byte[]>(column);
}

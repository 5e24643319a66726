using RecordHub.Storage.Sql;
using SQLitePCL;

namespace RecordHub.Storage.Sqlite;

/// <summary>The row that a statement stands at.</summary>
internal sealed class SqliteRow(sqlite3_stmt statement) : Row
{
    internal override bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    internal override string GetString(int column)
    {
        Require(column);
        return raw.sqlite3_column_text(statement, column).utf8_to_string();
    }

    internal override long GetInt64(int column)
    {
        Require(column);
        return raw.sqlite3_column_int64(statement, column);
    }

    internal override int GetInt32(int column) => checked((int)GetInt64(column));

    internal override bool GetBoolean(int column) => GetInt64(column) != 0;

    internal override ReadOnlySpan<byte> GetBytes(int column)
    {
        Require(column);
        return raw.sqlite3_column_blob(statement, column);
    }

    private void Require(int column)
    {
        if (IsNull(column))
        {
            throw new InvalidCastException($"Column {column} of a row has no value.");
        }
    }
}

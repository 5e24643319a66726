using System.Text;
using RecordHub.Storage.Sql;
using SQLitePCL;

namespace RecordHub.Storage.Sqlite;

/// <summary>
/// The row that a statement stands at. A text that is the row's before as well is the same string: rows of a study differ
/// in few of forty columns.
/// </summary>
internal sealed class SqliteRow(sqlite3_stmt statement) : Row
{
    private string?[] _before = [];

    internal override bool IsNull(int column) => raw.sqlite3_column_type(statement, column) == raw.SQLITE_NULL;

    internal override string GetString(int column)
    {
        if (raw.sqlite3_column_type(statement, column) != raw.SQLITE_TEXT)
        {
            Require(column);
            return raw.sqlite3_column_text(statement, column).utf8_to_string();
        }

        ReadOnlySpan<byte> utf8 = raw.sqlite3_column_blob(statement, column);
        if (_before.Length <= column)
        {
            Array.Resize(ref _before, raw.sqlite3_column_count(statement));
        }

        return _before[column] is { } before && Ascii.Equals(utf8, before)
            ? before
            : _before[column] = Encoding.UTF8.GetString(utf8);
    }

    /// <summary>Keeps nothing of the rows.</summary>
    internal void Forget() => Array.Clear(_before);

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

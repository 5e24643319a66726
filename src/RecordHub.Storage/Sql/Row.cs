namespace RecordHub.Storage.Sql;

/// <summary>The row that a query stands at, as long as it does. Columns count from 0.</summary>
internal abstract class Row
{
    internal abstract bool IsNull(int column);

    /// <exception cref="InvalidCastException">There is no value.</exception>
    internal abstract string GetString(int column);

    /// <exception cref="InvalidCastException">There is no value.</exception>
    internal abstract long GetInt64(int column);

    /// <exception cref="InvalidCastException">There is no value.</exception>
    /// <exception cref="OverflowException">It is longer.</exception>
    internal abstract int GetInt32(int column);

    /// <exception cref="InvalidCastException">There is no value.</exception>
    internal abstract bool GetBoolean(int column);

    /// <summary>The bytes, which are gone with the row.</summary>
    /// <exception cref="InvalidCastException">There is no value.</exception>
    internal abstract ReadOnlySpan<byte> GetBytes(int column);
}

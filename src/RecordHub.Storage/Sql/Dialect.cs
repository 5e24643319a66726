namespace RecordHub.Storage.Sql;

/// <summary>What SQLite and PostgreSQL say in different words. All other SQL is the same for both.</summary>
internal abstract class Dialect
{
    /// <summary>Behind a SELECT: nobody else changes these rows before the transaction ends.</summary>
    internal abstract string RowLock { get; }

    /// <summary>The same, without the rows that somebody else holds just now.</summary>
    internal abstract string RowLockSkippingHeld { get; }

    /// <summary>Behind a SELECT: nobody changes these rows before the transaction ends, and others may say so too.</summary>
    internal abstract string RowShare { get; }

    /// <summary>
    /// Makes the statements of a transaction be planned for the values that they have; null where they always are.
    /// </summary>
    internal abstract string? PlanForValues { get; }

    /// <summary>Whether the column has one of the values of a list, see <see cref="List(IEnumerable{string})"/>.</summary>
    internal abstract string In(string column, string parameter);

    /// <summary>A list as the value of a parameter.</summary>
    internal abstract SqlValue List(IEnumerable<string> values);

    /// <inheritdoc cref="List(IEnumerable{string})" />
    internal abstract SqlValue List(IEnumerable<long> values);

    /// <summary>Whether the column has one of the values of a list of bytes, see <see cref="List(IEnumerable{byte[]})"/>.</summary>
    internal abstract string InBytes(string column, string parameter);

    /// <inheritdoc cref="List(IEnumerable{string})" />
    internal abstract SqlValue List(IEnumerable<byte[]> values);

    /// <summary>Whether the column has one of the values that a query gives, which is run first, whatever is known of its size.</summary>
    internal abstract string InSelected(string column, string query);

    /// <summary>
    /// A page (<c>$limit</c>, <c>$offset</c>) of the different values that columns of the alias <c>i</c> have where rows meet
    /// a condition, in their order.
    /// </summary>
    internal abstract string Page(string from, string columns, string condition);

    /// <summary>Whether the column is like a <see cref="Pattern"/>; capitals and small letters differ.</summary>
    internal abstract string Like(string column, string parameter);

    /// <summary>The value of a pattern's parameter, from one with the wildcards <c>*</c> and <c>?</c>.</summary>
    internal abstract string Pattern(string wildcards);

    /// <summary>Whether the column holds the text anywhere.</summary>
    internal abstract string Contains(string column, string parameter);

    /// <summary>The text of a member of a JSON column.</summary>
    internal abstract string Member(string column, string name);

    /// <summary>The different values of a column in a group, as a JSON array.</summary>
    internal abstract string Distinct(string column);

    /// <summary>A character by its number.</summary>
    internal abstract string Character(int number);

    /// <summary>Bytes as small hexadecimal digits.</summary>
    internal abstract string Hex(string column);
}

namespace RecordHub.Storage.Sql;

/// <summary>
/// The value of a parameter. Numbers are held as they are: a receipt has eight of them, and a box for each would be a
/// twentieth of what it allocates.
/// </summary>
internal readonly struct SqlValue
{
    // What a number is, in the place of the object that it is not.
    private static readonly object s_int64 = new();
    private static readonly object s_int32 = new();
    private static readonly object s_boolean = new();
    private static readonly object s_real = new();

    private readonly object? _held;
    private readonly long _number;

    private SqlValue(object? held, long number = 0) => (_held, _number) = (held, number);

    /// <summary>Whether it is NULL.</summary>
    internal bool IsNull => _held is null;

    /// <summary>Whether it is a whole number or a truth value, which is <see cref="Number"/>.</summary>
    internal bool IsNumber =>
        ReferenceEquals(_held, s_int64) || ReferenceEquals(_held, s_int32) || ReferenceEquals(_held, s_boolean);

    /// <summary>Whether it is a number with a fraction, which is <see cref="Real"/>.</summary>
    internal bool IsReal => ReferenceEquals(_held, s_real);

    internal long Number => _number;

    internal double Real => BitConverter.Int64BitsToDouble(_number);

    /// <summary>A text, bytes, or a list of an engine that has them; of a number nothing that can be used.</summary>
    internal object? Held => _held;

    public static implicit operator SqlValue(string? text) => new(text);

    public static implicit operator SqlValue(byte[]? bytes) => new(bytes);

    public static implicit operator SqlValue(string[] list) => new(list);

    public static implicit operator SqlValue(long[] list) => new(list);

    public static implicit operator SqlValue(int[] list) => new(list);

    public static implicit operator SqlValue(byte[][] list) => new(list);

    public static implicit operator SqlValue(long number) => new(s_int64, number);

    public static implicit operator SqlValue(long? number) => number is { } known ? known : default(SqlValue);

    public static implicit operator SqlValue(int number) => new(s_int32, number);

    public static implicit operator SqlValue(int? number) => number is { } known ? known : default(SqlValue);

    public static implicit operator SqlValue(bool truth) => new(s_boolean, truth ? 1 : 0);

    public static implicit operator SqlValue(double number) => new(s_real, BitConverter.DoubleToInt64Bits(number));

    /// <summary>The value as a driver of ADO.NET takes it; null for NULL.</summary>
    internal object? ToObject() => _held switch
    {
        null => null,
        _ when ReferenceEquals(_held, s_int64) => _number,
        _ when ReferenceEquals(_held, s_int32) => (int)_number,
        _ when ReferenceEquals(_held, s_boolean) => _number != 0,
        _ when ReferenceEquals(_held, s_real) => Real,
        _ => _held,
    };
}

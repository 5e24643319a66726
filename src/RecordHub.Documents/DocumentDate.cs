using RecordHub.Documents.Subjects;

namespace RecordHub.Documents;

/// <summary>How exactly a date is known.</summary>
public enum DatePrecision
{
    Year,
    Month,
    Day,
    Minute,
    Second,
}

/// <summary>A date as a document writes it, and as far as it can be understood.</summary>
/// <param name="Text">As written.</param>
/// <param name="Local">The time written; the parts beyond <paramref name="Precision"/> are filled with the least value.</param>
/// <param name="Precision">How much of <paramref name="Local"/> was written.</param>
/// <param name="Offset">Distance from UTC, null when not written: then no instant is known.</param>
public sealed record DocumentDate(string Text, DateTime Local, DatePrecision Precision, TimeSpan? Offset = null)
{
    /// <summary>The day, null when only year or month are known.</summary>
    public DateOnly? Day => Precision >= DatePrecision.Day ? DateOnly.FromDateTime(Local) : null;

    /// <summary>The days that it may mean when day and month cannot be told apart (03/04/1965); none else.</summary>
    public IReadOnlyList<DateOnly> Readings => FreeDate.Readings(this);

    /// <summary>The point in time, null without a time or without an offset.</summary>
    public DateTimeOffset? Instant =>
        Precision >= DatePrecision.Minute && Offset is { } offset ? new DateTimeOffset(Local, offset) : null;

    public override string ToString() => nameof(DocumentDate);
}

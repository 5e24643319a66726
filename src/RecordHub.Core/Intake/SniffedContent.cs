namespace RecordHub.Core.Intake;

/// <summary>What some bytes seem to be, by their head and their name.</summary>
/// <param name="Kind">The kind.</param>
/// <param name="What">The same in words, for a person: "PDF document", "JPEG image", "viewer program".</param>
public readonly record struct SniffedContent(ContentKind Kind, string What);

namespace RecordHub.Core.Completeness;

/// <summary>What an order for storage commitment says of a study that it names instances of.</summary>
/// <param name="Named">How many instances of this study it names.</param>
/// <param name="Missing">How many of its instances are nowhere here.</param>
/// <param name="OnlyThisStudy">Whether all that is here of it is of this study, so that the missing ones are too.</param>
internal readonly record struct OrderEvidence(int Named, int Missing, bool OnlyThisStudy);

namespace RecordHub.Benchmarks.Load;

/// <summary>What a run sends.</summary>
/// <param name="Host">Where to.</param>
/// <param name="Port">Where to.</param>
/// <param name="CalledAeTitle">Whom it calls.</param>
/// <param name="Associations">How many at once, each with one message outstanding.</param>
/// <param name="Count">Instances in all.</param>
/// <param name="Length">Bytes of one.</param>
/// <param name="PerStudy">Instances of a study.</param>
/// <param name="FirstStudy">The number of the first study; each association begins its own.</param>
/// <param name="PatientId">Whose they are.</param>
/// <param name="Nagle">Whether the sender delays small segments, and writes headers and bodies apart as DCMTK does.</param>
internal sealed record CannonOptions(
    string Host, int Port, string CalledAeTitle, int Associations, int Count, int Length, int PerStudy, long FirstStudy,
    string PatientId, bool Nagle);

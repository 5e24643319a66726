namespace RecordHub.Server.Pulling;

/// <summary>A study that a site has.</summary>
/// <param name="Study">Study Instance UID.</param>
/// <param name="Patient">The patient's identifier, as the site has it; null when it names none.</param>
/// <param name="Evidence">How many instances the site says that it has (0020,1208); empty when it does not say.</param>
public sealed record FoundStudy(string Study, string? Patient, string Evidence)
{
    /// <summary>The type only: an identifier is a patient's.</summary>
    public override string ToString() => nameof(FoundStudy);
}

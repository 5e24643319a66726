namespace RecordHub.Dicom.Network;

/// <summary>A proposed context that was not taken (PS3.8 Table 9-18).</summary>
/// <param name="Proposed">What was asked for.</param>
/// <param name="Result">Why it was not taken.</param>
public sealed record RefusedContext(PresentationContext Proposed, PresentationContextResult Result);

namespace RecordHub.Samples;

/// <summary>One generated file.</summary>
/// <param name="Path">Relative to the case's folder, '/' separated.</param>
/// <param name="MediaType">What it is.</param>
/// <param name="Content">Its bytes; the same for the same seed.</param>
/// <param name="Door">The entrance by which the demonstration sends it.</param>
/// <param name="Expected">What is to become of it.</param>
public sealed record SampleFile(
    string Path, string MediaType, ReadOnlyMemory<byte> Content, SampleDoor Door, SampleOutcome Expected);

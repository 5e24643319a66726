namespace RecordHub.Cli.Demo;

/// <summary>How the demonstration was asked for.</summary>
/// <param name="Seed">The same seed gives the same records.</param>
/// <param name="Data">The folder to keep; null for one that is removed at the end.</param>
/// <param name="Http">Where HTTP listens.</param>
/// <param name="Dicom">Where DICOM listens.</param>
internal sealed record DemoOptions(int Seed, string? Data, string Http, string Dicom);

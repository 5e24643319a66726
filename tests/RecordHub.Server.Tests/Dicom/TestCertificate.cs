namespace RecordHub.Server.Tests.Dicom;

/// <summary>The files of one certificate.</summary>
internal sealed record TestCertificate(string Certificate, string Key, string Sha256);

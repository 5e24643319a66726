namespace RecordHub.Dicom.Network;

/// <summary>One C-ECHO request (PS3.7 §9.1.5).</summary>
public sealed record EchoRequest(string AssociationId, string CallingAeTitle, string CalledAeTitle, ushort MessageId);

using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>An instance, by its class and its name.</summary>
public readonly record struct SopReference(Uid SopClass, Uid SopInstance);

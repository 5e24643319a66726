using RecordHub.Dicom.DataSet;

namespace RecordHub.Dicom.Network;

/// <summary>What one association proposes, and what it is to carry.</summary>
/// <param name="Contexts">What it proposes.</param>
/// <param name="Instances">The SOP classes and stored transfer syntaxes of the instances that it is for.</param>
public sealed record ContextShare(
    IReadOnlyList<PresentationContext> Contexts, IReadOnlySet<(Uid SopClass, Uid TransferSyntax)> Instances);

#pragma warning disable CS9113 // signatures first
using RecordHub.Core.Intake;
using RecordHub.Core.Packages;
using RecordHub.Core.Resources;

namespace RecordHub.Core.Cases;

/// <summary>Collects everything that a case holds.</summary>
public sealed class CaseContentReader(
    IResourceStore resources, IInstanceStore instances, IItemStore items, IPackageStore packages)
{
}

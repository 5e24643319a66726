using System.Text.RegularExpressions;
using NUnit.Framework;

namespace RecordHub.Architecture.Tests;

/// <summary>What a folder may not use, read from its <c>using</c> lines (the design's table of rooms).</summary>
public sealed partial class UsingRuleTests
{
    [TestCase("src/RecordHub.Dicom/Network", "System.Net.Sockets System.Net.Http Microsoft")]
    [TestCase("src/RecordHub.Dicom", "Microsoft Hl7 RecordHub.Core RecordHub.Storage RecordHub.Server System.Net.Http")]
    [TestCase("src/RecordHub.Documents", "Hl7 Microsoft.AspNetCore Microsoft.Data System.Net RecordHub.Core RecordHub.Dicom")]
    [TestCase("src/RecordHub.Core", "Microsoft.AspNetCore Microsoft.Data Microsoft.Extensions MassTransit System.Net.Sockets System.Net.Http Dapper Npgsql")]
    [TestCase("src/RecordHub.Storage", "RecordHub.Dicom RecordHub.Documents Microsoft.AspNetCore MassTransit Hl7")]
    [TestCase("src/RecordHub.Server/Fhir", "Microsoft.Data Dapper Npgsql UglyToad AngleSharp")]
    [TestCase("src/RecordHub.Server/DicomWeb", "Microsoft.Data Dapper Npgsql UglyToad AngleSharp")]
    [TestCase("src/RecordHub.Server/Dicom", "Microsoft.Data Dapper Npgsql Hl7 UglyToad AngleSharp")]
    [TestCase("src/RecordHub.Server/Api", "Microsoft.Data Dapper Npgsql Hl7 UglyToad AngleSharp")]
    [TestCase("src/RecordHub.Cli", "Microsoft.Data Dapper Npgsql MassTransit Hl7")]
    public void A_folder_uses_nothing_that_its_room_may_not_contain(string folder, string forbidden)
    {
        string[] prefixes = forbidden.Split(' ');

        Assert.That(Usings(folder).Where(used => prefixes.Any(prefix => IsBelow(used.Namespace, prefix))), Is.Empty);
    }

    [Test]
    public void MassTransit_lives_in_the_pipeline_alone() => Assert.That(
        Usings("src").Where(used => IsBelow(used.Namespace, "MassTransit")).Select(used => used.Path),
        Is.All.StartsWith("src/RecordHub.Server/Pipeline/"));

    [TestCase("src/RecordHub.Core/Normalization")]
    [TestCase("src/RecordHub.Core/Identity")]
    [TestCase("src/RecordHub.Core/Packages")]
    [TestCase("src/RecordHub.Core/Checklists")]
    public void Decisions_are_pure(string folder)
    {
        // The desk and its store are the edge of Packages: they fetch what the pure functions look at, and save what they say.
        string[] edges = ["PublishingDesk", "IPackageStore", "PackageExport", "ChecklistSet"];
        IEnumerable<string> impure = Repository.Sources(folder)
            .Where(path => !edges.Any(edge => Path.GetFileName(path).StartsWith(edge, StringComparison.Ordinal)))
            .Where(path => Impure().IsMatch(Repository.Text(path)));

        Assert.That(impure, Is.Empty);
    }

    [GeneratedRegex(@"^\s*using\s+(?:static\s+|\w+\s*=\s*)?([A-Z][\w.]*)\s*;", RegexOptions.Multiline)]
    private static partial Regex UsingLine();

    [GeneratedRegex(@"\basync\b|\bawait\b|\bFile\.(?:Read|Write|Open)|IServiceProvider|TimeProvider\.System|Guid\.NewGuid")]
    private static partial Regex Impure();

    private static IEnumerable<(string Path, string Namespace)> Usings(string folder) =>
        !Directory.Exists(Path.Combine(Repository.Root, folder))
            ? []
            : Repository.Sources(folder).SelectMany(path => UsingLine().Matches(Repository.Text(path))
                .Select(match => (path, match.Groups[1].Value)));

    private static bool IsBelow(string name, string prefix) =>
        name == prefix || name.StartsWith(prefix + ".", StringComparison.Ordinal);
}

using System.Text;

namespace RecordHub.Documents.Tests;

/// <summary>Real documents, when the folder that holds them is there.</summary>
public sealed class CorpusTests
{
    private const string Folder = "../shared/data/documents";
    private static readonly DocumentLimits s_limits = DocumentLimits.Default with { MaxDuration = TimeSpan.FromSeconds(20) };

    [Test]
    public void Every_real_document_has_an_outcome()
    {
        List<string> failures = [];
        int read = 0;
        foreach (string path in Files())
        {
            byte[] content = File.ReadAllBytes(path);
            if (!DocumentSniffer.TryRecognise(content, path, out DocumentKind kind))
            {
                continue;
            }

            DocumentOutcome outcome = Reading.Outcome(kind, content, s_limits);
            read += outcome is DocumentOutcome.Read ? 1 : 0;
            if (outcome is DocumentOutcome.Read { Documents.Count: 0 } || outcome is DocumentOutcome.TooLarge { Limit: DocumentLimit.Duration })
            {
                failures.Add(Path.GetFileName(path));
            }
        }

        Assert.Multiple(() =>
        {
            Assert.That(failures, Is.Empty);
            Assert.That(read, Is.GreaterThan(300));
        });
    }

    [Test]
    public void Every_message_with_a_patient_segment_names_a_subject()
    {
        foreach (string path in Files().Where(f => f.EndsWith(".hl7", StringComparison.Ordinal)))
        {
            byte[] content = File.ReadAllBytes(path);
            bool hasPatient = Encoding.Latin1.GetString(content).Split('\r', '\n').Any(l => l.StartsWith("PID|", StringComparison.Ordinal));

            IReadOnlyList<ExtractedDocument> documents = Reading.All(DocumentKind.Hl7V2, content);

            Assert.That(documents.Any(d => d.Subjects.Count > 0), Is.EqualTo(hasPatient), Path.GetFileName(path));
        }
    }

    [TestCase("pdf", 12)]
    [TestCase("docx", 12)]
    [TestCase("rtf", 25)]
    [TestCase("ccda", 12)]
    [TestCase("html", 25)]
    public void Changed_bytes_of_real_documents_end_in_an_outcome(string folder, int rounds)
    {
        Random random = new(20240102);
        DocumentLimits limits = s_limits with { MaxDuration = TimeSpan.FromSeconds(10) };
        foreach (string path in Files().Where(f => f.Contains($"/{folder}/", StringComparison.Ordinal)).Take(12))
        {
            byte[] content = File.ReadAllBytes(path);
            if (content.Length > 60_000 || !DocumentSniffer.TryRecognise(content, path, out DocumentKind kind))
            {
                continue;
            }

            for (int round = 0; round < rounds; round++)
            {
                Assert.That(Reading.Outcome(kind, Mutation.Of(content, random), limits), Is.Not.Null);
            }
        }
    }

    private static List<string> Files()
    {
        DirectoryInfo? folder = new(AppContext.BaseDirectory);
        while (folder is not null && !File.Exists(Path.Combine(folder.FullName, "RecordHub.sln")))
        {
            folder = folder.Parent;
        }

        string data = Path.Combine(folder?.FullName ?? AppContext.BaseDirectory, Folder);
        if (!Directory.Exists(data) && folder is not null)
        {
            // A second working tree stands one folder deeper.
            data = Path.Combine(folder.FullName, "..", Folder);
        }

        if (!Directory.Exists(data))
        {
            Assert.Ignore($"real documents are not here ({Folder})");
        }

        return [.. Directory.EnumerateFiles(data, "*", SearchOption.AllDirectories).Order(StringComparer.Ordinal)];
    }
}

using System.Text;
using RecordHub.Dicom.DataSet;
using RecordHub.Dicom.Dictionary;
using RecordHub.Dicom.Files;

namespace RecordHub.Interop.Tests.Privacy;

/// <summary>Records full of <see cref="Secrets"/>, good and bad, in a folder.</summary>
internal sealed class PrivateRecords(string folder)
{
    public const string CtImage = "1.2.840.10008.5.1.4.1.1.2";

    public string Import => Path.Combine(folder, "import");

    /// <summary>A FHIR transaction with the patient and an observation.</summary>
    public static string Bundle => $$$"""
        {"resourceType":"Bundle","type":"transaction","entry":[
         {"fullUrl":"urn:uuid:1","resource":{"resourceType":"Patient",
          "identifier":[{"system":"urn:north","value":"{{{Secrets.Number}}}"}],
          "name":[{"family":"{{{Secrets.Family}}}","given":["{{{Secrets.Given}}}"]}],
          "telecom":[{"system":"phone","value":"{{{Secrets.Telephone}}}"}],
          "birthDate":"{{{Secrets.BirthDateIso}}}","gender":"female"},"request":{"method":"POST","url":"Patient"}},
         {"fullUrl":"urn:uuid:2","resource":{"resourceType":"Observation","status":"final","subject":{"reference":"urn:uuid:1"},
          "code":{"text":"{{{Secrets.Finding}}}"},"valueString":"{{{Secrets.Finding}}}"},
          "request":{"method":"POST","url":"Observation"}}]}
        """;

    /// <summary>JSON that breaks off, a wrong type, and an invalid date, each in the middle of what may not be told.</summary>
    public static string[] BrokenBundles =>
    [
        Bundle[..(Bundle.Length / 2)],
        Bundle.Replace("\"telecom\":[", $"\"telecom\":\"{Secrets.Family}\",\"x\":[", StringComparison.Ordinal),
        Bundle.Replace(Secrets.BirthDateIso, $"{Secrets.BirthDateIso}T{Secrets.Family}", StringComparison.Ordinal),
        $"{{\"resourceType\":\"{Secrets.Family}\",\"id\":\"{Secrets.Number}\"}}",
        $"{Secrets.Family} {Secrets.Number}",
    ];

    /// <summary>A CT image; each study and each number is another instance.</summary>
    public static byte[] Image(int study, int number, string family = Secrets.Family, string mrn = Secrets.Number) =>
        DicomFileWriter.ToBytes(DataSet(study, number, family, mrn));

    /// <summary>The same without its file.</summary>
    public static DicomDataSet DataSet(
        int study, int number, string family = Secrets.Family, string mrn = Secrets.Number) => new DicomDataSet()
            .Add(DicomTags.SOPClassUID, CtImage)
            .Add(DicomTags.SOPInstanceUID, Uid(study, number))
            .Add(DicomTags.StudyDate, "20260102")
            .Add(DicomTags.AccessionNumber, Secrets.Accession)
            .Add(DicomTags.Modality, "CT")
            .Add(DicomTags.StudyDescription, Secrets.Finding)
            .Add(DicomTags.ReferringPhysicianName, Secrets.Physician)
            .Add(DicomTags.PatientName, $"{family}^{Secrets.Given}")
            .Add(DicomTags.PatientID, mrn)
            .Add(DicomTags.PatientBirthDate, Secrets.BirthDate)
            .Add(DicomTags.StudyInstanceUID, $"{Secrets.Uids}.{study}")
            .Add(DicomTags.SeriesInstanceUID, $"{Secrets.Uids}.{study}.1")
            .Add(DicomTags.InstanceNumber, $"{number}")
            .Add(DicomTags.PixelData, DicomVr.OW, new byte[1000]);

    public static string Uid(int study, int number) => $"{Secrets.Uids}.{study}.1.{number}";

    /// <summary>Writes an image; the name of its file says whose it is, as senders' files do.</summary>
    public string Write(int study, int number, string family = Secrets.Family, string mrn = Secrets.Number)
    {
        Directory.CreateDirectory(folder);
        string path = Path.Combine(folder, $"{family}_{study}_{number}.dcm");
        File.WriteAllBytes(path, Image(study, number, family, mrn));
        return path;
    }

    /// <summary>Writes what the importer meets: readable, unreadable, cut off, somebody else's, and nothing at all.</summary>
    public void WriteImport()
    {
        Directory.CreateDirectory(Import);
        byte[] image = Image(3, 1);
        Put("cut.dcm", image[..(image.Length - 700)]);
        Put("cut-in-header.dcm", image[..450]);
        Put("good.dcm", Image(3, 2));
        Put("stranger.dcm", Image(4, 1, Secrets.Stranger, Secrets.StrangerNumber));
        Put("letter.txt", Encoding.UTF8.GetBytes($"Patient: {Secrets.Family}, {Secrets.Given}\nBorn: {Secrets.BirthDateIso}\n"));
        Put("broken.pdf", Encoding.UTF8.GetBytes($"%PDF-1.7\n{Secrets.Family} {Secrets.Number}\n%%EOF"));
        Put("broken.docx", [.. "PK\u0003\u0004"u8, .. Encoding.UTF8.GetBytes(Secrets.Family)]);
        Put("message.hl7", Encoding.UTF8.GetBytes(
            $"MSH|^~\\&|LAB|{Secrets.Physician}|HUB|HUB|202601020304||ORU^R01|1|P|2.5\rPID|1||{Secrets.Number}^^^NORTH||"
            + $"{Secrets.Family}^{Secrets.Given}||{Secrets.BirthDate}|F\rOBX|1|TX|1||{Secrets.Finding}||||||F\r"));
        Put("broken.hl7", Encoding.UTF8.GetBytes($"MSH|^~\\&|LAB\rPID|{Secrets.Family}\r{Secrets.Number}"));
        Put("bundle.json", Encoding.UTF8.GetBytes(Bundle));
        for (int i = 0; i < BrokenBundles.Length; i++)
        {
            Put($"broken-{i}.json", Encoding.UTF8.GetBytes(BrokenBundles[i]));
        }

        void Put(string name, byte[] bytes) =>
            File.WriteAllBytes(Path.Combine(Import, $"{Secrets.Family} {Secrets.Number} {name}"), bytes);
    }
}

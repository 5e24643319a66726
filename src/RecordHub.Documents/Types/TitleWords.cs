using System.Collections.Frozen;
using System.Text;
using RecordHub.Documents.Text;

namespace RecordHub.Documents.Types;

/// <summary>Document types that a title states in plain words, in English, German, French and Spanish.</summary>
/// <remarks>A title counts only when it is one of these phrases, alone or followed by "of", "for", a date or the like.</remarks>
internal static class TitleWords
{
    /// <summary>A heading longer than this is a sentence.</summary>
    private const int MaxTitle = 90;
    private const int HeadLines = 15;

    private static readonly FrozenDictionary<string, string> s_phrases = new Dictionary<string, string>
    {
        [Loinc.Pathology] = "pathology report|surgical pathology report|surgical pathology|histopathology report|histology report|cytopathology report|cytology report|pathology consultation|final pathologic diagnosis|biopsy report|histologie|histologiebefund|histologischer befund|histopathologischer befund|pathologiebefund|pathologischer befund|pathologisch-anatomischer befund|pathologie|zytologiebefund|compte rendu d'anatomopathologie|compte-rendu d'anatomopathologie|compte rendu anatomopathologique|compte rendu d'anatomie pathologique|anatomopathologie|informe de anatomia patologica|informe anatomopatologico|informe de patologia|anatomia patologica|informe histopatologico|biopsia",
        [Loinc.DischargeSummary] = "discharge summary|hospital discharge summary|discharge note|discharge letter|hospital discharge summary note|physician discharge summary|inpatient discharge summary|clinical discharge summary|entlassungsbrief|entlassbrief|entlassungsbericht|entlassbericht|epikrise|entlassungsarztbrief|vorlaufiger entlassungsbrief|lettre de sortie|compte rendu d'hospitalisation|compte-rendu d'hospitalisation|resume de sortie|informe de alta|informe de alta hospitalaria|epicrisis|resumen de alta",
        [Loinc.Operative] = "operative note|operative report|operation note|operation report|surgical operation note|op note|op report|surgery report|operationsbericht|op-bericht|op bericht|operationsprotokoll|compte rendu operatoire|compte-rendu operatoire|protocole operatoire|informe operatorio|informe quirurgico|nota operatoria|protocolo quirurgico",
        [Loinc.DiagnosticImaging] = "radiology report|diagnostic imaging report|imaging report|x-ray report|ct report|mri report|mr report|ultrasound report|pet/ct report|pet-ct report|pet report|mammography report|chest x-ray|radiologischer befund|radiologiebefund|rontgenbefund|ct-befund|mrt-befund|sonographiebefund|sonografiebefund|befund radiologie|mammographiebefund|compte rendu de radiologie|compte-rendu de radiologie|compte rendu radiologique|compte rendu d'imagerie|compte-rendu d'imagerie|compte rendu d'irm|compte rendu de scanner|informe radiologico|informe de radiologia|informe de imagen|informe de resonancia magnetica|informe de tomografia",
        [Loinc.Consultation] = "consultation note|consultation report|consult note|consultation|surgical consult|surgical consultation|cardiology consultation|oncology consultation|outpatient consultation|konsil|konsiliarbericht|konsilbericht|ambulanzbrief|ambulanzbericht|compte rendu de consultation|compte-rendu de consultation|lettre de consultation|informe de consulta|nota de consulta|interconsulta",
        [Loinc.HistoryAndPhysical] = "history and physical|history & physical|history and physical note|history and physical examination|h&p|admission note|aufnahmebericht|aufnahmebefund|anamnese und befund|historia clinica|nota de ingreso|observation medicale",
        [Loinc.Progress] = "progress note|progress notes|daily progress note|clinic note|office visit note|follow-up note|verlaufsbericht|verlaufsnotiz|note d'evolution|nota de evolucion|note de suivi",
        [Loinc.Procedure] = "procedure note|procedure report|endoscopy report|colonoscopy report|gastroscopy report|bronchoscopy report|koloskopiebefund|gastroskopiebefund|bronchoskopiebefund|endoskopiebefund|compte rendu d'endoscopie|compte rendu de coloscopie|informe de colonoscopia|informe de endoscopia",
        [Loinc.Transfer] = "transfer summary|transfer note|verlegungsbrief|verlegungsbericht|lettre de transfert|informe de traslado",
        [Loinc.Referral] = "referral note|referral letter|referral|letter of referral|arztbrief|uberweisung|uberweisungsschreiben|einweisung|lettre d'adressage|courrier d'adressage|carta de derivacion|hoja de derivacion|informe de derivacion",
        [Loinc.Laboratory] = "laboratory report|lab report|laboratory results|lab results|laboratory test results|laborbefund|laborbericht|laborwerte|resultats de laboratoire|compte rendu de laboratoire|analyses de laboratoire|compte rendu de biologie medicale|informe de laboratorio|resultados de laboratorio|analisis de laboratorio",
        [Loinc.Emergency] = "emergency department note|emergency department report|ed note|emergency room report|notaufnahmebericht|notfallbericht|compte rendu des urgences|compte rendu de passage aux urgences|informe de urgencias",
        [Loinc.Ecg] = "ecg report|ekg report|electrocardiogram|12-lead ecg|12 lead ecg|ekg-befund|ekg befund|electrocardiogramme|electrocardiograma",
        [Loinc.Echo] = "echocardiogram|echocardiogram report|echocardiography report|transthoracic echocardiogram|transesophageal echocardiogram|echokardiographie|echokardiographiebefund|echocardiographie|compte rendu d'echocardiographie|ecocardiograma|ecocardiografia|informe de ecocardiograma",
        [Loinc.CardiacCatheterization] = "cardiac catheterization report|cardiac catheterization|coronary angiography report|herzkatheterbefund|herzkatheterbericht|herzkatheteruntersuchung|coronarographie|compte rendu de coronarographie|cateterismo cardiaco|informe de cateterismo|coronariografia",
        [Loinc.Genetics] = "genetic report|genetics report|genetic test report|genomic report|molecular pathology report|molecular genetics report|next generation sequencing report|molekulargenetischer befund|molekularpathologischer befund|humangenetischer befund|compte rendu de genetique|informe genetico|estudio genetico",
        [Loinc.CarePlan] = "care plan|treatment plan|plan of care|plan of treatment|behandlungsplan|therapieplan|plan de soins|plan de traitement|plan de tratamiento|plan de cuidados",
        [Loinc.Consent] = "consent form|informed consent|patient consent|einwilligungserklarung|einverstandniserklarung|formulaire de consentement|consentement eclaire|consentimiento informado",
        [Loinc.MedicationList] = "medication list|list of medications|current medications|medikationsplan|bundeseinheitlicher medikationsplan|medikamentenliste|liste des medicaments|lista de medicamentos|plan de medicacion",
        [Loinc.Immunization] = "immunization record|immunization history|vaccination record|impfausweis|impfpass|carnet de vaccination|cartilla de vacunacion|registro de vacunacion",
        [Loinc.ContinuityOfCare] = "continuity of care document|summary of care|summarization of episode note|clinical summary",
    }
        .SelectMany(pair => pair.Value.Split('|').Select(phrase => (phrase, pair.Key)))
        .ToFrozenDictionary(pair => pair.phrase, pair => pair.Key, StringComparer.Ordinal);

    // What may stand after the phrase in a title: a qualifier, never the rest of a sentence.
    private static readonly string[] s_followers =
        ["of ", "for ", "from ", "dated ", "no ", "nr ", "- ", "vom ", "fur ", "uber ", "von ", "du ", "de ", "des ", "del ", "para ", "pour ", "(", "#"];

    private static readonly int s_longest = s_phrases.Keys.Max(p => p.Length);

    /// <summary>The code that a title states, else null.</summary>
    public static string? Find(string? title)
    {
        if (string.IsNullOrWhiteSpace(title) || title.Length > MaxTitle)
        {
            return null;
        }

        string plain = Plain(title);
        if (s_phrases.TryGetValue(plain, out string? whole))
        {
            return whole;
        }

        for (int end = Math.Min(plain.Length - 1, s_longest); end > 1; end--)
        {
            if (plain[end] is not ' ' and not ':' and not ',' || !s_phrases.TryGetValue(plain[..end], out string? code))
            {
                continue;
            }

            string rest = plain[end..].TrimStart(':', ',', ' ');
            if (plain[end] == ':' || plain[end] == ',' || rest.Length == 0 || char.IsAsciiDigit(rest[0])
                || s_followers.Any(f => rest.StartsWith(f, StringComparison.Ordinal)))
            {
                return code;
            }
        }

        return null;
    }

    /// <summary>The first line of a text's head that is a title, with the code that it states.</summary>
    public static (string Title, string Code)? FindInHead(string text)
    {
        int start = 0;
        for (int line = 0; line < HeadLines && start < text.Length;)
        {
            int end = text.IndexOf('\n', start);
            end = end < 0 ? text.Length : end;
            string content = text[start..Math.Min(end, start + MaxTitle + 1)].Trim();
            start = end + 1;
            if (content.Length == 0)
            {
                continue;
            }

            line++;
            if (Find(content) is { } code)
            {
                return (content.TrimEnd(':', ' '), code);
            }
        }

        return null;
    }

    /// <summary>Lower case, accents off, blanks single, dashes plain, no decoration at the ends.</summary>
    private static string Plain(string title)
    {
        StringBuilder plain = new(title.Length);
        foreach (char accented in title)
        {
            char c = Accents.Fold(accented);
            if (c == '\0')
            {
                continue;
            }

            char one = c switch
            {
                '\u2019' or '\u2018' => '\'',
                '\u2013' or '\u2014' => '-',
                _ when char.IsWhiteSpace(c) => ' ',
                _ => char.ToLowerInvariant(c),
            };
            if (one != ' ' || (plain.Length > 0 && plain[^1] != ' '))
            {
                plain.Append(one);
            }
        }

        return plain.ToString().Trim(' ', '*', '=', '-', '_', '#', '.', ':', '|', '"');
    }
}

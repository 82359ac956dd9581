; The installer: for one person, without an administrator, silent with /S. Removing the program leaves the data, because
; the record of what was sent is the person's.
; The programs are for 64 bits, so the installer is too.
Target amd64-unicode
!include "MUI2.nsh"
!include "FileFunc.nsh"
!include "LogicLib.nsh"

!define KEY "Software\Microsoft\Windows\CurrentVersion\Uninstall\Fahuo"
!define OPEN_WITH "Software\Classes\Applications\fahuo.exe"

Name "发货台 Fahuo"
OutFile "${OUT}"
RequestExecutionLevel user
InstallDir "$LOCALAPPDATA\Programs\Fahuo"
InstallDirRegKey HKCU "${KEY}" "InstallLocation"
BrandingText " "
SetCompressor /SOLID lzma
ManifestDPIAware true
VIProductVersion "${VERSION}.0"
VIAddVersionKey "ProductName" "发货台 Fahuo"
VIAddVersionKey "FileDescription" "发货台 Fahuo"
VIAddVersionKey "FileVersion" "${VERSION}"
VIAddVersionKey "ProductVersion" "${VERSION}"
VIAddVersionKey "LegalCopyright" "Copyright (c) 2026 The Fahuo developers. MIT License."

!define MUI_ICON "assets/icon/icon.ico"
!define MUI_UNICON "assets/icon/icon.ico"
!define MUI_FINISHPAGE_RUN "$INSTDIR\fahuo.exe"
!insertmacro MUI_PAGE_DIRECTORY
!insertmacro MUI_PAGE_INSTFILES
!insertmacro MUI_PAGE_FINISH
!define MUI_UNCONFIRMPAGE_TEXT_TOP "$(DATA_STAYS)"
!insertmacro MUI_UNPAGE_CONFIRM
!insertmacro MUI_UNPAGE_INSTFILES
!insertmacro MUI_LANGUAGE "SimpChinese"
!insertmacro MUI_LANGUAGE "English"

LangString STILL_OPEN ${LANG_SIMPCHINESE} "发货台正在运行，尚未安装。请先关闭它，再重试。"
LangString STILL_OPEN ${LANG_ENGLISH} "Fahuo is still open, so nothing was installed. Close it and try again."
LangString STILL_OPEN_REMOVE ${LANG_SIMPCHINESE} "发货台正在运行，尚未卸载。请先关闭它，再重试。"
LangString STILL_OPEN_REMOVE ${LANG_ENGLISH} "Fahuo is still open, so nothing was removed. Close it and try again."
LangString DATA_STAYS ${LANG_SIMPCHINESE} "程序将被卸载。发货记录和设置会保留。"
LangString DATA_STAYS ${LANG_ENGLISH} "The program is removed. The record of what was sent and the settings stay."

; A program that runs cannot be opened for writing.
!macro MUST_BE_CLOSED PROGRAM WORDS
  ${If} ${FileExists} "$INSTDIR\${PROGRAM}"
    ClearErrors
    FileOpen $0 "$INSTDIR\${PROGRAM}" a
    ${If} ${Errors}
      MessageBox MB_OK|MB_ICONEXCLAMATION "${WORDS}" /SD IDOK
      SetErrorLevel 2
      Abort
    ${EndIf}
    FileClose $0
  ${EndIf}
!macroend

Section
  !insertmacro MUST_BE_CLOSED "fahuo.exe" "$(STILL_OPEN)"
  !insertmacro MUST_BE_CLOSED "fahuoctl.exe" "$(STILL_OPEN)"
  SetOutPath "$INSTDIR"
  File /r "${TREE}/*.*"
  WriteUninstaller "$INSTDIR\uninstall.exe"
  CreateShortcut "$SMPROGRAMS\发货台.lnk" "$INSTDIR\fahuo.exe"
  CreateShortcut "$DESKTOP\发货台.lnk" "$INSTDIR\fahuo.exe"
  ; Offered under "Open with"; tables stay with the program that opens them today.
  WriteRegStr HKCU "${OPEN_WITH}" "FriendlyAppName" "发货台 Fahuo"
  WriteRegStr HKCU "${OPEN_WITH}\shell\open\command" "" '"$INSTDIR\fahuo.exe" "%1"'
  WriteRegStr HKCU "${OPEN_WITH}\SupportedTypes" ".csv" ""
  WriteRegStr HKCU "${OPEN_WITH}\SupportedTypes" ".xls" ""
  WriteRegStr HKCU "${OPEN_WITH}\SupportedTypes" ".xlsx" ""
  WriteRegStr HKCU "${KEY}" "DisplayName" "发货台 Fahuo"
  WriteRegStr HKCU "${KEY}" "DisplayVersion" "${VERSION}"
  WriteRegStr HKCU "${KEY}" "DisplayIcon" "$INSTDIR\fahuo.exe"
  WriteRegStr HKCU "${KEY}" "Publisher" "The Fahuo developers"
  WriteRegStr HKCU "${KEY}" "InstallLocation" "$INSTDIR"
  WriteRegStr HKCU "${KEY}" "UninstallString" '"$INSTDIR\uninstall.exe"'
  WriteRegStr HKCU "${KEY}" "QuietUninstallString" '"$INSTDIR\uninstall.exe" /S'
  WriteRegDWORD HKCU "${KEY}" "NoModify" 1
  WriteRegDWORD HKCU "${KEY}" "NoRepair" 1
  ${GetSize} "$INSTDIR" "/S=0K" $0 $1 $2
  WriteRegDWORD HKCU "${KEY}" "EstimatedSize" $0
SectionEnd

Section "Uninstall"
  !insertmacro MUST_BE_CLOSED "fahuo.exe" "$(STILL_OPEN_REMOVE)"
  !insertmacro MUST_BE_CLOSED "fahuoctl.exe" "$(STILL_OPEN_REMOVE)"
  ; Each file by its name: whatever else a person put into the folder stays.
  Delete "$INSTDIR\fahuo.exe"
  Delete "$INSTDIR\fahuoctl.exe"
  Delete "$INSTDIR\LICENSE.txt"
  Delete "$INSTDIR\OFL.txt"
  Delete "$INSTDIR\third-party-licences.txt"
  Delete "$INSTDIR\examples\import-template.csv"
  Delete "$INSTDIR\examples\warehouse-demo.csv"
  RMDir "$INSTDIR\examples"
  Delete "$INSTDIR\uninstall.exe"
  RMDir "$INSTDIR"
  Delete "$SMPROGRAMS\发货台.lnk"
  Delete "$DESKTOP\发货台.lnk"
  DeleteRegKey HKCU "${OPEN_WITH}"
  DeleteRegKey HKCU "${KEY}"
SectionEnd
